FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /parallax ./cmd/parallax

FROM scratch
COPY --from=build /parallax /parallax
COPY LICENSE NOTICE /
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/parallax"]
CMD ["serve", "--addr", "0.0.0.0:8080"]
