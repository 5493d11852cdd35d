"""The clause search: an index of classic scripts, so that it loads from file:// as well as from http://.

    documents  what can be found: policies and clauses
    postings   where every pair of characters stands, in numbers
    shards     the same, dealt into files
    facts      what results can be narrowed down by
    texts      what results are shown from
    index      all of it as scripts for site/search/

The engine that reads them is in theme/src/search; docs/search-format.md describes the format.
"""

from generator.publishing.scripts.search.index import VERSION, search_scripts

__all__ = ["VERSION", "search_scripts"]
