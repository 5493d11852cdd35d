"""Room 4: the corpus becomes what readers use.

`data` makes the data files, `markdown` writes official text as Markdown that cannot become markup, `pages` the
Markdown pages from the Jinja2 templates, `search` the clause index, `site` the MkDocs build, `bundle` the zip.
Only `site` knows that MkDocs exists.
"""
