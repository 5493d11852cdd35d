"""Room 1: a source file becomes clean lines that remember where they came from.

`files` finds and decodes the files of a corpus, `sidecar` reads the YAML beside them (by `yamlfile`), `lines` takes
the marks of the page off (page numbers, running headers, Markdown, white space at the edges), each with its reason.
"""

from generator.reading.files import Folder, Unread, read_source, sidecar_path, sidecar_paths, survey
from generator.reading.lines import read_lines
from generator.reading.sidecar import PolicyCard, Sidecar, load_sidecar

__all__ = [
    "Folder",
    "PolicyCard",
    "Sidecar",
    "Unread",
    "load_sidecar",
    "read_lines",
    "read_source",
    "sidecar_path",
    "sidecar_paths",
    "survey",
]
