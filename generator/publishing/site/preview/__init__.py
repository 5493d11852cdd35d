"""Live preview: the built site served from this machine, built again when something it is made of changes.

state   what the browser is to see: which build it is, and the faults of the last one
server  the web server
watch   what changed on the disk
"""

from generator.publishing.site.preview.serve import serve_site
from generator.publishing.site.preview.server import NoPortError

__all__ = ["NoPortError", "serve_site"]
