"""The Markdown pages, made from Jinja2 templates: `writer` writes them; what they show comes from the views.

`markdown` writes official text as Markdown that cannot become markup, `layers` what stands off from a wording,
`clauses` a clause, `tables` a table, `hanging` the room that numbers need.
"""
