"""The Markdown pages, made from Jinja2 templates: `writer` writes them, the others prepare what one kind of page shows.

`markdown` writes official text as Markdown that cannot become markup, `layers` what stands off from a wording.
"""
