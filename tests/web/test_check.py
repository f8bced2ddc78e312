"""The check page and its API: the same verdicts as `check`, to this machine alone, and hostile text stays text."""

import asyncio
import json
import re
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from groundswell.checker.text import MOST_BYTES
from groundswell.newsroom.desk import open_desk
from groundswell.web import check as check_module
from groundswell.web.check import MOST_OF_A_BODY
from groundswell.web.checking import Outcome, check_text, pieces, shown
from groundswell.web.serve import app_of
from tests.browser import chromium, needed
from tests.checker.conftest import example_desk
from tests.command import ok, run
from tests.newsroom.test_site import MARKDOWN, PLAIN
from tests.web.asking import Client
from tests.web.live_desk import serving

__all__ = ["example_desk"]
NOW = datetime(2022, 6, 1, tzinfo=UTC)
TOKEN = "a token of this start"
BEARER = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TEXT = "Heartstopper drew 23.94 million hours.\nIt was No. 4 on the English TV list, and had 3 million households.\n"


@pytest.fixture(scope="module")
def desk(example_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, with a site of one page."""
    desk = Path(shutil.copytree(example_desk, tmp_path_factory.mktemp("served") / "desk"))
    (desk / "site").mkdir()
    (desk / "site" / "index.html").write_text("<!doctype html><title>All News</title>")
    return desk


@pytest.fixture
def client(desk: Path) -> Client:
    return Client(app_of(open_desk(desk), lambda: NOW, TOKEN))


def post(client: Client, **fields: str) -> httpx.Response:
    """The form, with the token unless another is given."""
    return client.ask("/check/", "POST", body=urlencode({"token": TOKEN, **fields}).encode(), headers=FORM)


def api(client: Client, body: object, **headers: str) -> httpx.Response:
    """A document to the API, with the token unless told otherwise."""
    return client.ask("/api/check", "POST", body=json.dumps(body).encode(), headers={**BEARER, **headers})


def why(answer: httpx.Response) -> str:
    """The one line that says what is wrong: on the page, or in the document."""
    if answer.headers["content-type"] == "application/json":
        document = answer.json()
        assert (document["format"], document["error"]["status"]) == (1, answer.status_code)
        (line,) = document["error"]["lines"]
        return str(line)
    (found,) = re.findall(r'role="alert">△ ([^<]*)</p>', answer.text)
    return str(found)


def test_the_page_marks_each_number_and_shows_what_it_rests_on(client: Client, desk: Path) -> None:
    empty = client.ask("/check/")
    assert empty.status_code == 200
    assert f'value="{TOKEN}"' in empty.text
    assert "form-action 'self'" in empty.headers["content-security-policy"]
    answer = post(client, text=TEXT, released="2022-05-03")
    assert answer.status_code == 200
    html = answer.text
    assert "1 supported, 1 refuted, 1 undecidable" in html
    marks = re.findall(r'class="bound (\w+)" popovertarget="card-\d">([^<“]+)<span class="mark"> (.)', html)
    assert marks == [
        ("supported", "23.94 million hours", "✓"),
        ("refuted", "No. 4", "✗"),
        ("undecidable", "3 million households", "?"),
    ]
    assert "found 23,940,000 hours" in html
    assert "<td>23,940,000 hours</td>" in html
    assert "Read as released on 3 May 2022." in html
    assert 'value="2022-05-03"' in html
    receipts = re.findall(r"groundswell verify (\w{12})", html)
    assert len(receipts) == 2
    for name in receipts:
        assert "same" in ok("-C", desk, "verify", name).out


def test_the_api_answers_what_the_command_prints(client: Client, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "release.txt"
    path.write_text(TEXT)
    answer = api(client, {"text": TEXT, "released": "2022-05-03"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert "access-control-allow-origin" not in answer.headers
    assert answer.text == run("-C", desk, "check", path, "--released", "2022-05-03", "--json").out.strip()
    without = api(client, {"text": TEXT}).json()
    assert without["released"] is None
    assert without["claims"][0]["reason"] == "ambiguous_period"


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"text": ""}, 400, "there is no text"),
        ({"text": " \r\n\t"}, 400, "there is no text"),
        ({"text": TEXT, "released": "3 May"}, 400, "&#39;3 May&#39; is no day; write it as 2022-05-01"),
        ({"text": TEXT, "token": "another"}, 403, "older than the server"),
        ({"text": TEXT, "token": "é" * 30}, 403, "older than the server"),
        ({"text": "x" * (MOST_BYTES + 1)}, 413, "more than 1,000,000 bytes; check it in parts"),
        ({"text": "x" * (MOST_OF_A_BODY + 1)}, 413, "bytes were sent"),
    ],
)
def test_what_the_form_cannot_use_is_told_in_one_line(
    client: Client, fields: dict[str, str], status: int, words: str
) -> None:
    answer = post(client, **fields)
    assert answer.status_code == status
    assert words in why(answer)
    assert 'id="result"' not in answer.text
    if status == 400 and "released" in fields:
        assert "23.94 million hours" in answer.text  # nobody has to paste it again


@pytest.mark.parametrize(
    ("body", "headers", "status", "words"),
    [
        (b'{"text": "No. 5"}', {"Authorization": ""}, 403, "Authorization: Bearer TOKEN"),
        (b'{"text": "No. 5"}', {"Authorization": "Bearer wrong"}, 403, "Authorization: Bearer TOKEN"),
        (b'{"text": "No. 5"}', {"Authorization": f"Basic {TOKEN}"}, 403, "Authorization: Bearer TOKEN"),
        (b'{"text": "No. 5"}', {"Content-Type": "text/plain"}, 415, "'text/plain'; send application/json"),
        (b'{"text": "No. 5"}', {"Content-Type": ""}, 415, "send application/json"),
        (b'{"text": ""}', {}, 400, "there is no text"),
        (b"[1]", {}, 400, "send an object with text and released"),
        (b"{", {}, 400, "send an object with text and released"),
        (b"[" * 100_000, {}, 400, "send an object with text and released"),
        (b'{"text": "\xff"}', {}, 400, "send an object with text and released"),
        (b'{"text": 5}', {}, 400, "send an object with text and released"),
        (b'{"text": "x", "released": "3 May"}', {}, 400, "send an object with text and released"),
        (b'{"text": "' + b"x" * MOST_OF_A_BODY + b'"}', {}, 413, "bytes were sent"),
        (b'{"text": "' + b"x" * (MOST_BYTES + 1) + b'"}', {}, 413, "check it in parts"),
    ],
)
def test_what_the_api_cannot_use_is_told_in_one_line(
    client: Client, body: bytes, headers: dict[str, str], status: int, words: str
) -> None:
    answer = client.ask("/api/check", "POST", body=body, headers={**BEARER, **headers})
    assert answer.status_code == status
    assert words in why(answer)


def test_a_body_without_end_is_not_read_to_its_end(client: Client, desk: Path) -> None:
    sent = 0

    async def endless() -> dict[str, object]:
        nonlocal sent
        sent += 1_000_000
        return {"type": "http.request", "body": b"x" * 1_000_000, "more_body": True}

    async def ask() -> int:
        status = []

        async def send(message: dict[str, object]) -> None:
            status.append(message.get("status"))

        headers = [(b"host", b"127.0.0.1:1"), *((k.lower().encode(), v.encode()) for k, v in BEARER.items())]
        scope = {"type": "http", "method": "POST", "path": "/api/check", "headers": headers, "query_string": b""}
        app = app_of(open_desk(desk), lambda: NOW, TOKEN)
        await app({**scope, "raw_path": b"/api/check", "root_path": "", "server": ("127.0.0.1", 1)}, endless, send)  # type: ignore[arg-type]
        return int(str(status[0]))

    assert asyncio.run(ask()) == 413
    assert sent <= check_module._MOST_READ + 1_000_000


def test_only_this_machine_by_its_own_names_and_only_as_it_is_meant(client: Client) -> None:
    for path in ("/check/", "/api/check"):
        assert client.ask(path, "POST", host="evil.example", headers=BEARER).status_code == 400
    assert client.ask("/check/", host="evil.example").status_code == 400
    assert client.ask("/api/check").status_code == 404
    preflight = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = client.ask("/api/check", "OPTIONS", headers=preflight)
    assert answer.status_code == 405
    assert "access-control-allow-origin" not in answer.headers
    assert client.ask("/check").headers["location"].endswith("/check/")


def test_two_texts_are_checked_at_a_time_so_many_wait_and_one_more_is_sent_away(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once, most = threading.Semaphore(2), []

    def watched(*arguments: Any) -> Outcome:
        most.append(at_once.acquire(blocking=False))
        try:
            return check_text(*arguments)
        finally:
            at_once.release()

    monkeypatch.setattr(check_module, "check_text", watched)
    monkeypatch.setattr(check_module, "_MOST_WAITING", 4)
    app = app_of(open_desk(desk), lambda: NOW, TOKEN)

    async def ask() -> list[int]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8321") as http:
            asked = [http.post("/api/check", json={"text": TEXT}, headers=BEARER) for _ in range(7)]
            return [answer.status_code for answer in await asyncio.gather(*asked)]

    assert sorted(asyncio.run(ask())) == [200] * 4 + [503] * 3
    assert most == [True] * 4
    assert Client(app).ask("/check/").status_code == 200


def test_a_text_comes_back_whole_whatever_its_claims_overlap(desk: Path) -> None:
    opened = open_desk(desk)
    for text in (TEXT, "", "No. 5", TEXT * 3, "Heartstopper " + " ".join(PLAIN) + TEXT):
        outcome = check_text(opened, text, None)
        claims = shown(outcome, opened)
        found = list(pieces(outcome, claims))
        assert "".join(words for words, _ in found) == text
        assert [one.words for _, one in found if one] == [words for words, one in found if one]


def test_simulated_support_wears_no_mark_of_proof(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    ok("new", desk)
    sidecar = desk / "data" / "english_tv.csv.origin.toml"
    sidecar.write_text('status = "simulated"\n' + sidecar.read_text().replace('status = "published"', ""))
    ok("-C", desk, "load", "chart.csv", "--chart", "netflix.global.tv_english")
    html = post(Client(app_of(open_desk(desk), lambda: NOW, TOKEN)), text=TEXT, released="2022-05-03").text
    assert '<span class="simulated">◇ supported (simulated)</span>' in html
    assert "✗ refuted (simulated)" in html
    assert 'class="supported"' not in html


@pytest.fixture(scope="module")
def address(desk: Path) -> Iterator[str]:
    """Where the desk is served."""
    with serving(desk) as (address, _):
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    needed()
    with chromium() as browser:
        yield browser


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until it has the focus."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} is not reached by Tab")


@pytest.mark.browser
def test_a_text_is_checked_and_a_receipt_read_by_keyboard_alone(browser: Browser, address: str) -> None:
    asked: list[str] = []
    for width, scheme, scripts in ((390, "dark", False), (1280, "light", True)):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
        )
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}check/")
        tab_to(page, "#text")
        page.keyboard.insert_text(TEXT + "<script>alert(1)</script>")
        page.keyboard.press("Tab")
        page.keyboard.type("05032022")
        tab_to(page, "button[type=submit]")
        page.keyboard.press("Enter")
        expect(page.locator("#verdicts")).to_have_text("1 supported, 1 refuted, 1 undecidable")
        expect(page.locator(".checked")).to_contain_text("<script>alert(1)</script>")
        tab_to(page, ".checked [popovertarget=card-2]")
        page.keyboard.press("Enter")
        card = page.locator("#card-2")
        expect(card).to_be_visible()
        expect(card).to_contain_text("✗ refuted")
        expect(card).to_contain_text("found No. 5")
        expect(card.locator("table")).to_contain_text("1 May 2022")
        page.keyboard.press("Escape")
        expect(card).to_be_hidden()
        expect(page.locator(".checked button").nth(1)).to_be_focused()
        if scripts:
            overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            for wide in (320, 390, 1280):
                page.set_viewport_size({"width": wide, "height": 900})
                assert page.evaluate(overflow) <= 0, wide
                assert [one["id"] for one in Axe().run(page).response["violations"]] == [], wide
            page.locator(".checked button").first.click()
            assert [one["id"] for one in Axe().run(page).response["violations"]] == []
        context.close()
    assert {url for url in asked if not url.startswith(address)} == set()


@pytest.mark.browser
def test_hostile_texts_do_nothing(browser: Browser, address: str) -> None:
    hostile = [*PLAIN, *MARKDOWN, "</textarea><script>alert(1)</script>", "</title><svg onload=alert(1)>"]
    ran: list[str] = []
    asked: list[str] = []
    page = browser.new_page()
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    page.on("pageerror", lambda error: ran.append(str(error)))
    page.on("console", lambda told: ran.append(told.text))
    page.on("request", lambda request: asked.append(request.url))
    for whole in ("\n".join(hostile), *hostile[-2:]):
        text = f"{whole}\nHeartstopper drew 23.94 million hours{whole}\n"
        page.goto(f"{address}check/")
        page.locator("#text").fill(text)
        page.get_by_role("button", name="Check").click()
        expect(page.locator(".checked")).to_be_visible()
        written = page.locator("#text").input_value()
        assert written.split() == text.replace("\r", "\n").split()
        assert page.locator("main script, main img, main svg, main iframe, main [onerror]").count() == 0
    page.close()
    assert ran == []
    assert {url for url in asked if not url.startswith(address)} == set()
