"""From Markdown pages to a website: `mkdocs_build` renders it, `modules` joins its
scripts, `bundle` zips it, `preview` serves it while one writes.

Only `mkdocs_build` knows that MkDocs exists.
"""
