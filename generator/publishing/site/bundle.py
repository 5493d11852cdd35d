"""The offline bundle: the files of the site in a zip that is the same for the same site."""

from __future__ import annotations

import zipfile
from pathlib import Path

from generator.sitemap import ONLINE_ONLY, ORIGINALS_FOLDER

_EPOCH = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # the earliest time a zip can hold: the bundle's bytes depend on the files alone


def make_bundle(site_dir: Path, target: Path, *, originals: bool = False) -> None:
    """Zip `site_dir` to `target`, all files below one folder named after the bundle; the originals where they are wanted."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(site_dir.rglob("*")):
            name = path.relative_to(site_dir).as_posix()
            if not path.is_file() or name in ONLINE_ONLY:
                continue
            if not originals and name.startswith(f"{ORIGINALS_FOLDER}/"):
                continue
            entry = zipfile.ZipInfo(f"{target.stem}/{name}", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
