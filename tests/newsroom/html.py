"""Reading pages as a strict parser does, and holding them to what a page may be made of."""

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib

_ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "srcset", "background", "cite", "ping")
_NEVER = {"iframe", "object", "embed", "base", "form", "style", "applet", "frame", "math", "template", "audio", "video"}
_DRAWINGS = {"rank-lines", "day-lines", "world", "swatch"}


def parse(html: bytes) -> Element:
    """The document, which must be without a single parse error."""
    document: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return document


def page(path: Path) -> Element:
    """The document of a file."""
    return parse(path.read_bytes())


def text_of(element: Element) -> str:
    """All text within, blanks joined."""
    return " ".join("".join(element.itertext()).split())


def hold_inert(document: Element) -> None:
    """Hold a document to run nothing but the site's own script, and to lead nowhere but to pages."""
    for element in document.iter():
        if not isinstance(element.tag, str):
            raise AssertionError("a comment or declaration from outside stands in the page")
        tag = element.tag.rpartition("}")[2]
        assert tag not in _NEVER, tag
        if tag == "script":
            assert re.fullmatch(r"(?:\.\./)*site\.js", element.get("src", "")), element.attrib
            assert not element.text
        if tag == "svg":
            assert element.get("class", "").split(" ")[0] in _DRAWINGS, element.attrib
        if tag == "meta":
            assert element.get("http-equiv", "Content-Security-Policy") == "Content-Security-Policy"
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), f"{tag} {name}"
            assert name != "style", f"{tag} {name}"
            if name.rpartition("}")[2] in _ADDRESSES:
                assert urlsplit(value.strip()).scheme in ("", "http", "https", "mailto"), value


def broken_links(site: Path, pages: Iterable[Path] | None = None) -> list[str]:
    """Links and resources within the site that lead nowhere, from these pages or from all."""
    broken = []
    for path in sorted(site.rglob("*.html")) if pages is None else pages:
        document = page(path)
        ids = {element.get("id") for element in document.iter()}
        for element in document.iter():
            for name in ("href", "src", "popovertarget", "aria-labelledby"):
                value = element.get(name)
                if value is None or urlsplit(value).scheme:
                    continue
                if name in ("popovertarget", "aria-labelledby") or value.startswith("#"):
                    if value.lstrip("#") not in ids:
                        broken.append(f"{path.relative_to(site)}: {value}")
                elif not (path.parent / unquote(urlsplit(value).path)).is_file():
                    broken.append(f"{path.relative_to(site)}: {value}")
    return broken
