"""The local app serves the site and nothing else, to this machine and nobody else."""

from datetime import UTC, datetime
from pathlib import Path

import anyio
import httpx
import pytest

from groundswell.newsroom.desk import open_desk
from groundswell.web.app import HEADERS, MOST_SHOWN, app
from groundswell.web.serve import app_of
from tests.command import ok
from tests.web.asking import Client as Asker


class Client:
    """Asks the app as a browser on this machine would, or with another Host header."""

    def __init__(self, site: Path) -> None:
        self._transport = httpx.ASGITransport(app=app(site))

    def ask(self, path: str, method: str = "GET", host: str = "127.0.0.1:8321") -> httpx.Response:
        async def once() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url="http://127.0.0.1:8321") as client:
                return await client.request(method, path, headers={"Host": host})

        return anyio.run(once)


@pytest.fixture
def client(tmp_path: Path) -> Client:
    site = tmp_path / "site"
    (site / "stories" / "one").mkdir(parents=True)
    (site / "index.html").write_text("<h1>All News</h1>")
    (site / "stories" / "one" / "index.html").write_text("<h1>One</h1>")
    (tmp_path / "desk.toml").write_text("secret")
    (site / "link.txt").symlink_to(tmp_path / "desk.toml")
    return Client(site)


def test_pages_are_served_with_the_headers(client: Client) -> None:
    for path, heading in (("/", "All News"), ("/stories/one/", "One")):
        answer = client.ask(path)
        assert answer.status_code == 200
        assert heading in answer.text
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8321", ""])
def test_another_host_is_refused(client: Client, host: str) -> None:
    answer = client.ask("/", host=host)
    assert answer.status_code == 400
    assert "All News" not in answer.text


@pytest.mark.parametrize("path", ["/../desk.toml", "/%2e%2e/desk.toml", "/..%2fdesk.toml", "/link.txt", "/nothing"])
def test_nothing_outside_the_site_is_served(client: Client, path: str) -> None:
    answer = client.ask(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/nothing/at-all/", "/nothing/at-all/"),
        ("/live/nothing", "/live/nothing"),
        ("/<script>alert(1)</script>", "/&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('/"onload="x', "/&#34;onload=&#34;x"),
        ("/{{7*7}}", "/{{7*7}}"),
        ("/%E2%80%AEgnp.exe%0d%0aSet-Cookie:x", "/�gnp.exe��Set-Cookie:x"),
        ("/%ff", "/�"),
        ("/" + "a" * 5000, f"/{'a' * (MOST_SHOWN - 1)}…"),
    ],
)
def test_an_address_without_a_page_gets_one_that_leads_back(tmp_path: Path, path: str, shown: str) -> None:
    ok("new", tmp_path / "desk", "--empty")
    ok("-C", tmp_path / "desk", "build")
    answer = Asker(app_of(open_desk(tmp_path / "desk"), lambda: datetime(2026, 1, 1, tzinfo=UTC), "token")).ask(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert f"Nothing stands at <code>{shown}</code>." in answer.text
    assert '<a href="/">All News</a> has every story' in answer.text
    assert len(answer.text) < 3000
    assert "<script" not in answer.text
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.ask("/", "POST").status_code == 405
    assert client.ask("/index.html", "DELETE").status_code == 405
