"""Files of every kind, for every room.

Reading: `inputs` reads a plain file within its folder, `yamlfile` YAML with the line of everything in it, `dates` the
dates of our own files; `shown` makes harmless what others wrote where it is shown. Writing: `text` writes one file,
`outputs` many together or none, `claims` keeps two processes apart, `json_text` is how JSON is written everywhere.
"""
