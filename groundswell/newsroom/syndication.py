"""The stories for machines: Atom (RFC 4287) and JSON Feed 1.1."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from xml.etree import ElementTree

import msgspec

from groundswell.newsroom.gate import Checked

_ATOM = "http://www.w3.org/2005/Atom"
MOST = 50


def story_path(slug: str) -> str:
    """A story's address below the site's."""
    return f"stories/{slug}/"


def atom(checked: Sequence[Checked], desk: str, base_url: str) -> bytes:
    """The newest stories as an Atom feed; `checked` newest first."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _text(feed, "id", base_url)
    _text(feed, "title", desk)
    _text(feed, "updated", max((_moment(one) for one in checked), default="1970-01-01T00:00:00+00:00"))
    ElementTree.SubElement(feed, f"{{{_ATOM}}}link", {"href": base_url})
    ElementTree.SubElement(feed, f"{{{_ATOM}}}link", {"rel": "self", "href": f"{base_url}feed.atom"})
    _text(ElementTree.SubElement(feed, f"{{{_ATOM}}}author"), "name", desk)
    for one in checked[:MOST]:
        entry = ElementTree.SubElement(feed, f"{{{_ATOM}}}entry")
        address = base_url + story_path(one.story.slug)
        _text(entry, "id", address)
        _text(entry, "title", one.story.front.title)
        _text(entry, "updated", _moment(one))
        _text(entry, "summary", one.summary)
        ElementTree.SubElement(entry, f"{{{_ATOM}}}link", {"href": address})
        ElementTree.SubElement(entry, f"{{{_ATOM}}}category", {"term": one.story.front.category})
    text: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text


def json_feed(checked: Sequence[Checked], desk: str, base_url: str) -> bytes:
    """The newest stories as a JSON Feed, each with its proven numbers under `_claims`."""
    items = [
        {
            "id": base_url + story_path(one.story.slug),
            "url": base_url + story_path(one.story.slug),
            "title": one.story.front.title,
            "summary": one.summary,
            "content_text": one.story.texts()["prose"],
            "date_published": _moment(one),
            "language": one.story.front.language,
            "tags": [one.story.front.category],
            "_claims": [
                {
                    "says": b.binding.says,
                    "verdict": b.judged.verdict,
                    "evidence": b.judged.evidence,
                    "receipt": b.receipt_id,
                }
                for b in one.bound
                if b.judged is not None
            ],
        }
        for one in checked[:MOST]
    ]
    return msgspec.json.encode(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": desk,
            "home_page_url": base_url,
            "feed_url": f"{base_url}feed.json",
            "authors": [{"name": desk}],
            "items": items,
        }
    )


def _moment(one: Checked) -> str:
    embargo = one.story.front.embargo
    return (embargo or datetime.combine(one.story.front.released, time.min, UTC)).isoformat()


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    clean = "".join(
        c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )
    ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}").text = clean
