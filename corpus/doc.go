// Package corpus keeps articles, their analyses and their stories over time,
// in SQLite or PostgreSQL, and takes new articles in.
//
// The analyzer is pure; effects live here. What is acknowledged is on disk:
// an article whose result was returned survives kill -9.
package corpus
