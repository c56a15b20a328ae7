// Package server shows a corpus over HTTP: the JSON API under /v1 and pages
// that read well without JavaScript.
//
// It only asks and shows; rules about articles and stories live below it. A
// server on a loopback address can be used by the programs of this machine but
// by no web page that a browser of this machine has open, see loopback.go.
package server
