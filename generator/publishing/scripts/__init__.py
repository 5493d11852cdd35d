"""Data that the pages' own scripts load, as classic scripts: `clauses` for citing and comparing, `search` the index."""
