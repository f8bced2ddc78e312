"""1,000 stories: the gate, the pages, and the same pages from a bare loop of Jinja."""

import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from markupsafe import Markup

from groundswell.cli import work
from groundswell.cli.publish import make_desk
from groundswell.cli.reduce import reduce_interactions
from groundswell.newsroom import site as pages
from groundswell.newsroom.desk import open_desk
from groundswell.newsroom.gate import Checked, check_all
from groundswell.newsroom.prose import MARKDOWN
from groundswell.newsroom.site import Site, build
from groundswell.newsroom.story import read_story

STORIES = 1000


def stories(folder: str) -> dict[str, float]:
    """Seconds of each, once. The bare loop renders the same Markdown and templates, all else at hand, and writes the pages."""
    root = Path(folder) / "desk"
    make_desk(root, empty=False)
    [example] = (root / "stories").glob("*.md")
    text = example.read_text(encoding="utf-8")
    for number in range(STORIES - 1):
        (root / "stories" / f"story-{number:04}.md").write_text(
            text.replace("title: ", f"title: Story {_letters(number)}, ", 1)
        )
    desk = open_desk(root)
    for entry in desk.settings.feeds:
        work.load_entry(desk, entry, None, lambda _: None)
    reduce_interactions(desk, work.now())
    at = [time.perf_counter()]
    read = [read_story(path) for path in desk.stories()]
    at.append(time.perf_counter())
    with work.record_of(desk) as record:
        at.append(time.perf_counter())
        outcomes = check_all(read, record)
        at.append(time.perf_counter())
    checked = [one for one in outcomes if isinstance(one, Checked)]
    assert len(checked) == STORIES, [one for one in outcomes if not isinstance(one, Checked)][:1]
    rendered = _recorded(Site("Made up", checked), Path(folder) / "unmeasured")
    at.append(time.perf_counter())
    build(Site("Made up", checked), Path(folder) / "site")
    at.append(time.perf_counter())
    for path, template, values in rendered:
        values["marked"]["prose"] = Markup(MARKDOWN.render(values["story"].body))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(template.render(**values).encode())
    at.append(time.perf_counter())
    spent = [end - start for start, end in pairwise(at)]
    return {"read": spent[0], "gate": spent[2], "pages": spent[4], "bare loop": spent[5]}


def _letters(number: int) -> str:
    """A number in letters: in digits the gate would ask what it rests on."""
    return "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{number:04}")


def _recorded(site: Site, target: Path) -> list[tuple[Path, Any, dict[str, Any]]]:
    """Build once, and keep what every story's page was made of."""
    made: list[tuple[Path, Any, dict[str, Any]]] = []

    class Recording(pages._Writer):
        def _page(self, path: str, template: str, **values: Any) -> None:
            super()._page(path, template, **values)
            if template == "story":
                root = "../" * path.count("/")
                page = pages._PAGES.get_template(f"{template}.html.j2")
                made.append((target.with_name("bare") / path, page, {"root": root, "language": "en", **values}))

    target.mkdir()
    Recording(site, target).write()
    return made
