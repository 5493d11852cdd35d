"""Room 6: the corpus becomes what readers use. Writing only: what is shown was worked out before.

`pages` writes the Markdown pages, `data` the data files, `scripts` what the pages' own scripts load, `site` has it
rendered and zipped; `publish` does all of it together or nothing.
"""
