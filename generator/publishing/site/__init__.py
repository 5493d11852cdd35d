"""From Markdown pages to a website.

`mkdocs_build` renders it and alone knows that MkDocs exists; `modules` joins the scripts of its pages, `bundle` zips it,
`preview` serves it while one writes.
"""
