"""A static documentation site generator for Chinese business-environment policies.

The flow, one way: `reading` makes clean lines of a source file, `parsing` makes policies and clause trees of
the lines and accounts for every character, `analysis` says what a clause is about, `publishing` writes the
Markdown pages, data files, search index, site and bundle. `taxonomy` holds what a domain expert edits,
`vocabulary` reads it.
"""

__version__ = "0.1.0"
