FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /parallax ./cmd/parallax

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /parallax /parallax
COPY LICENSE NOTICE /
USER nonroot
EXPOSE 8080
ENTRYPOINT ["/parallax"]
CMD ["serve", "--addr", "0.0.0.0:8080"]
