"""Writing files, for every room: `text` writes one, `outputs` many together or none, `claims` keeps two processes apart.

`json_text` is how JSON is written everywhere.
"""
