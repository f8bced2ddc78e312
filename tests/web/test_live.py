"""The live page and its stream: what they say of a watch, to how many, in whose words, and how they end."""

import asyncio
import re
import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from groundswell.core.errors import UsageError
from groundswell.core.live import Batch, Cursor, Gap
from groundswell.core.origin import MayShow, Origin
from groundswell.feeds.bluesky import JETSTREAM
from groundswell.measures.posts import fingerprints, links_of
from groundswell.newsroom.desk import open_desk
from groundswell.web import live
from groundswell.web.live import MOST_CLIENTS, Shared
from groundswell.web.now import stream_of
from groundswell.web.serve import app_of
from tests.browser import chromium, needed
from tests.feeds.jetstream_server import JetstreamServer
from tests.newsroom.test_pages import hold_fit_to_read
from tests.store.events import SIMULATED
from tests.web.asking import Client, Listener
from tests.web.live_desk import HOSTILE, hours_of_posts, new_desk, serving, watching

TOKEN = "a token"
NOW = datetime(2026, 7, 4, 12, 30, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return new_desk(tmp_path / "desk")


def take(desk: Path, origin: Origin, until: datetime = NOW, gaps: tuple[Gap, ...] = ()) -> None:
    """One batch of a watch: what 600 accounts did in six hours."""
    opened = open_desk(desk)
    raw = b"\n".join(event.raw for event in hours_of_posts(until, 600))
    found = JETSTREAM.read(raw)
    links, _ = links_of(found.events, opened.gazetteer())
    stream_of(opened).commit(
        JETSTREAM.id,
        "bluesky",
        origin,
        Batch(found, Cursor(until, "jetstream.example", 600), gaps),
        fingerprints(found.events, links),
        links,
        until + timedelta(seconds=1),
    )


def page_of(desk: Path, now: datetime = NOW) -> str:
    """The page without JavaScript."""
    answer = Client(app_of(open_desk(desk), lambda: now, TOKEN)).ask("/live/")
    assert answer.status_code == 200
    return answer.text


def test_without_a_watch_the_page_says_what_to_run(desk: Path) -> None:
    html = unescape(page_of(desk))
    assert "Not running: no watch has written to this desk." in html
    assert "No list: no events are held: run 'groundswell watch bluesky'" in html
    assert "reload for what came since" in html


def test_the_page_shows_the_list_and_how_the_watch_gets_on_when_it_is_asked_for(desk: Path) -> None:
    gap = Gap(NOW - timedelta(minutes=50), NOW - timedelta(minutes=49))
    assert JETSTREAM.origin is not None
    take(desk, JETSTREAM.origin, gaps=(gap,))
    html = page_of(desk, NOW + timedelta(seconds=4))
    assert "● Watching jetstream.example" in html
    assert "<dt>behind</dt><dd>4 s</dd>" in html
    assert "<dt>gaps in 24 hours</dt><dd>1</dd>" in html
    assert "11:40:00 UTC, 4 July 2026 to 11:41:00 UTC, 4 July 2026" in html
    assert "The 24 hours to 12:2" in html
    assert not re.search(r">[^<]*[0-9]{4}-[0-9]{2}-[0-9]{2}", html)  # times are said one way, in words
    assert "not settled" in html
    assert html.index("Heartstopper") < html.index("&lt;img src=x onerror=alert(1)&gt;Moss")
    assert HOSTILE not in html
    assert "imulated" not in html
    later = page_of(desk, NOW + timedelta(minutes=3))
    assert "Not running: a watch last wrote 2 min ago." in later
    assert "posts a second" not in later


def test_simulated_events_are_marked_and_no_more_is_shown_than_their_origin_lets(desk: Path) -> None:
    take(desk, SIMULATED)
    assert "◇ Simulated" in page_of(desk)
    assert "events a second" in page_of(desk)


@pytest.mark.parametrize("may_show", ["rank", "percent", "nothing"])
def test_no_figure_is_shown_where_the_origin_lets_none_be(desk: Path, may_show: str) -> None:
    take(desk, Origin(producer="A platform", title="Events", licence="theirs", may_show=MayShow(may_show)))
    html = page_of(desk)
    assert "a second" not in html.split("How it is measured")[0]
    assert ("Heartstopper" in html) is (may_show != "nothing")
    assert 'class="number">×' not in html
    cells = html.split("<tbody")[1].split("</tbody>")[0].count('class="number"')
    assert cells == (0 if may_show == "nothing" else 2)  # two ranks and nothing else
    assert "lets" in html


def test_the_stream_tells_every_change_says_that_it_lives_and_ends_with_the_server(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_TICK", 0.02)
    monkeypatch.setattr(live, "_COUNTED_EVERY", 0.0)
    monkeypatch.setattr(live, "_REST", 0)
    monkeypatch.setattr(live, "HEARTBEAT", 0.0)
    ending = False
    app = app_of(open_desk(desk), lambda: NOW + timedelta(seconds=2), TOKEN, is_ending=lambda: ending)

    async def listen() -> None:
        nonlocal ending
        async with Listener(app, "/live/events") as one, Listener(app, "/live/events") as other:
            assert (one.status, other.status) == (200, 200)
            first = await one.until("Not running")
            assert first.startswith("retry: ")
            await one.until("\n\n: still here\n\n")
            await asyncio.to_thread(take, desk, SIMULATED)
            for each in (one, other):
                said = await each.until("Watching jetstream.example")
                said = await each.until("&lt;img src=x onerror=alert(1)&gt;Moss")
                assert HOSTILE not in said
                for event in said.split("\n\n"):
                    for line in filter(None, event.split("\n")):
                        assert line.startswith(("data: ", ": ", "retry: ")), line
            ending = True
            await one.end()
            await other.end()

    asyncio.run(listen())


def test_so_many_follow_and_one_more_when_one_has_gone(desk: Path) -> None:
    app = app_of(open_desk(desk), lambda: NOW, TOKEN)

    async def follow() -> None:
        many = [Listener(app, "/live/events") for _ in range(MOST_CLIENTS)]
        for one in many:
            await one.__aenter__()
        assert {one.status for one in many} == {200}
        async with Listener(app, "/live/events") as late:
            assert late.status == 503
            assert await late.until("close one") == f"{MOST_CLIENTS} pages follow already: close one\n"
        await many.pop().__aexit__(None, None, None)
        async with Listener(app, "/live/events") as late:
            assert late.status == 200
        for one in many:
            await one.__aexit__(None, None, None)

    asyncio.run(follow())
    assert Client(app).ask("/live/events", "POST").status_code == 405


def test_whoever_asks_at_once_is_told_of_one_computation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_REST", 0)
    asked: list[int] = []
    hold = threading.Event()

    def compute() -> int:
        hold.wait(10)
        asked.append(1)
        if len(asked) == 3:
            raise UsageError("not now")
        return len(asked)

    async def ask() -> None:
        shared = Shared(compute, 0.0)
        several = [asyncio.create_task(shared.said(0.0)) for _ in range(50)]
        await asyncio.sleep(0.05)
        hold.set()
        assert set(await asyncio.gather(*several)) == {1}
        assert await shared.said(1000.0) == 1  # the old answer while the new one is made
        while len(asked) < 2 or shared._task is not None:
            await asyncio.sleep(0.01)
        assert await shared.said(0.0) == "not now"  # the second came meanwhile, this is the third

    asyncio.run(ask())


def test_the_way_to_it_is_added_as_a_page_goes_out_and_never_to_the_site(desk: Path) -> None:
    client = Client(app_of(open_desk(desk), lambda: NOW, TOKEN))
    on_disk = (desk / "site" / "index.html").read_bytes()
    served = client.ask("/").content
    assert served == on_disk.replace(b"</nav>", b'<a href="/live/">Live</a><a href="/check/">Check</a></nav>', 1)
    assert b"/live/" not in on_disk
    assert client.ask("/style.css").content == (desk / "site" / "style.css").read_bytes()
    assert client.ask("/live").headers["location"].endswith("/live/")
    for name, kind in (("desk.css", "text/css"), ("style.css", "text/css"), ("live.js", "text/javascript")):
        assert client.ask(f"/app/{name}").headers["content-type"].startswith(kind)
    for name in ("base.html.j2", "..%2fapp.py", "nothing"):
        assert client.ask(f"/app/{name}").status_code == 404
    policy = client.ask("/live/").headers["content-security-policy"]
    assert "script-src 'self'; " in policy
    assert "unsafe" not in policy
    assert client.ask("/live/", host="evil.example").status_code == 400
    assert client.ask("/live/events", host="evil.example").status_code == 400


def test_ctrl_c_ends_a_server_that_somebody_follows(desk: Path) -> None:
    with serving(desk) as (address, process), httpx.stream("GET", f"{address}live/events", timeout=180) as stream:
        lines = stream.iter_lines()
        assert next(lines) == "retry: 2000"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=180) == 0
        assert "Traceback" not in "".join(lines)
        assert process.stderr is not None
        assert process.stderr.read() == b""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    needed()
    with chromium() as browser:
        yield browser


@pytest.mark.browser
def test_a_page_left_open_follows_a_watch_that_begins_loses_its_server_and_ends(browser: Browser, desk: Path) -> None:
    server = JetstreamServer(hours_of_posts(datetime.now(UTC), 900))
    page = browser.new_page()
    ran: list[str] = []
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    page.on("console", lambda message: ran.append(message.text))
    with server.running(), serving(desk) as (address, process):
        page.goto(address)
        page.get_by_role("link", name="Live").click()
        expect(page.locator("main")).to_contain_text("Not running: no watch has written")
        with watching(desk, server):
            expect(page.locator("main")).to_contain_text("Watching 127.0.0.1")
            expect(page.locator("#list")).to_contain_text(HOSTILE)
            expect(page.locator("#span")).to_contain_text("not settled")
            rank, _, speed, *_ = page.locator("#list tr", has_text="Heartstopper").locator("td").all_inner_texts()
            assert (rank, speed[0]) == ("1", "×")
            assert page.locator("#list img").count() == 0
            hold_fit_to_read(browser, address, ["live/"], 390, "dark")
        hold_fit_to_read(browser, address, ["live/"], 1280, "light")
        assert ran == []
        process.send_signal(signal.SIGINT)
        process.wait(timeout=180)
        expect(page.locator("#connection")).to_have_text("The connection is lost; trying again.")
    page.close()
