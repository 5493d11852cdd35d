"""The pictures of README and of the home page: `make pictures`, of what the last run of the tests has seen."""

from __future__ import annotations

import shutil
import sys

from tests.support.corpora import ROOT
from tests.support.pages import SCREENSHOTS, View

PICTURES = ROOT / "docs" / "pictures"

SHOWN = {
    "home": View("home", "desktop", "light"),
    "policy": View("policy-law", "desktop", "light"),
    "search": View("search", "desktop", "light"),
    "indicator": View("indicator", "desktop", "light"),
}
"""By the name of a picture, the view it shows."""


def main() -> None:
    """Put the pictures in their place; exit 1, saying what to do, where the tests have not taken one."""
    taken = {name: SCREENSHOTS / f"{view}.png" for name, view in SHOWN.items()}
    if missing := [path.name for path in taken.values() if not path.is_file()]:
        sys.exit(f"{', '.join(missing)}: not in {SCREENSHOTS}. Run `make test` first: it takes them.")
    PICTURES.mkdir(exist_ok=True)
    for name, path in taken.items():
        shutil.copyfile(path, PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
