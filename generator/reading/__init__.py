"""Room 1: a source file becomes clean lines that remember where they came from.

`files` finds and decodes the files of a corpus, `sidecar` reads the YAML beside them, `lines` takes
the marks of the page off, each with its reason, which `ledger` notes: `markdown` and `tables` what a file marks,
`furniture` what pages repeat, `webpage` what stands around a text copied from the web. `formats` makes the text of a
source from an original of any kind, in a process that `guarded` ends in time; `originals` sees to it that the original
stays what it was.
"""

from generator.reading.files import Folder, Unread, read_source, sidecar_path, sidecar_paths, survey
from generator.reading.lines import read_lines
from generator.reading.originals import require_original
from generator.reading.sidecar import PolicyCard, Sidecar, load_sidecar

__all__ = [
    "Folder",
    "PolicyCard",
    "Sidecar",
    "Unread",
    "load_sidecar",
    "read_lines",
    "read_source",
    "require_original",
    "sidecar_path",
    "sidecar_paths",
    "survey",
]
