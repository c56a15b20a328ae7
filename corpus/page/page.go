// Package page takes the article out of an HTML page: its title, its
// paragraphs, and what the page says of address, outlet and date.
package page

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"codeberg.org/readeck/go-readability"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// maxElements bounds the work that one page may cause.
const maxElements = 50_000

// A Page is the article of an HTML page. What the page doesn't say is empty.
type Page struct {
	Title     string
	Text      string // paragraphs, with a blank line between each two
	URL       string // canonical link
	Site      string
	Published time.Time
}

// Read finds the article in a page. The encoding is that of its BOM or meta
// element, else it is guessed.
func Read(data []byte) (Page, error) {
	r, err := charset.NewReader(bytes.NewReader(data), "text/html")
	if err != nil {
		return Page{}, fmt.Errorf("encoding of the page: %w", err)
	}
	doc, err := html.Parse(r)
	if err != nil {
		return Page{}, fmt.Errorf("page: %w", err)
	}
	canonical := canonicalLink(doc)
	base, err := url.Parse(canonical)
	if err != nil || canonical == "" {
		base = &url.URL{Scheme: "https", Host: "page.invalid"} // for relative links, which are not kept
	}
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxElements
	found, err := parser.ParseDocument(doc, base)
	if err != nil {
		return Page{}, fmt.Errorf("page: %w", err)
	}
	p := Page{Title: found.Title, URL: canonical, Site: found.SiteName}
	if found.PublishedTime != nil {
		p.Published = found.PublishedTime.UTC()
	}
	if found.Node != nil {
		var b strings.Builder
		paragraphs(&b, found.Node)
		p.Text = strings.TrimSpace(b.String())
	}
	if p.Text == "" && p.Title == "" {
		return Page{}, errors.New("the page has no article that can be read")
	}
	return p, nil
}

func canonicalLink(n *html.Node) string {
	if n.Type == html.ElementNode && n.DataAtom == atom.Link && attr(n, "rel") == "canonical" {
		return attr(n, "href")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if href := canonicalLink(c); href != "" {
			return href
		}
	}
	return ""
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// paragraphs writes the text below a node, with a blank line where a block
// ends.
func paragraphs(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		words(b, n.Data)
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		paragraphs(b, c)
	}
	if n.Type != html.ElementNode {
		return
	}
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Ul,
		atom.Ol, atom.Blockquote, atom.Figure, atom.Figcaption, atom.Table, atom.Tr, atom.Pre, atom.Header, atom.Footer:
		if s := b.String(); s != "" && !strings.HasSuffix(s, "\n\n") {
			b.WriteString("\n\n")
		}
	case atom.Br:
		b.WriteString("\n")
	}
}

// words writes text with its white space folded, as a browser shows it.
func words(b *strings.Builder, s string) {
	fields := strings.Fields(s)
	before := b.Len() > 0 && !strings.HasSuffix(b.String(), "\n") && !strings.HasSuffix(b.String(), " ")
	if before && (len(fields) == 0 || s[0] == ' ' || s[0] == '\n' || s[0] == '\t') {
		b.WriteByte(' ')
	}
	b.WriteString(strings.Join(fields, " "))
	if len(fields) > 0 && strings.TrimRight(s, " \t\r\n") != s {
		b.WriteByte(' ')
	}
}
