"""Photograph every page of the example at phone and desktop size, light and dark: `make screens` writes screens/."""

import os
import tempfile
from pathlib import Path

from groundswell.cli import main
from tests.browser import chromium, served

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")


def photograph(site: Path, target: Path) -> list[Path]:
    """One picture a page, width and colour scheme, details opened; the files written."""
    target.mkdir(parents=True, exist_ok=True)
    written = []
    with served(site) as address, chromium() as browser:
        for width in WIDTHS:
            for scheme in SCHEMES:
                page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
                for path in sorted(site.rglob("*.html")):
                    name = str(path.relative_to(site).with_suffix("")).replace(os.sep, "-")
                    page.goto(address + str(path.relative_to(site)))
                    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
                    file = target / f"{name}-{width}-{scheme}.png"
                    page.screenshot(path=file, full_page=True)
                    written.append(file)
                page.close()
    return written


if __name__ == "__main__":
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        assert main(["demo", "--no-serve"]) == 0
        for file in photograph(Path(folder) / "groundswell-demo" / "site", here / "screens"):
            print(file.relative_to(here))
