"""The local app serves the site and nothing else, to this machine and nobody else."""

from pathlib import Path

import anyio
import httpx
import pytest

from groundswell.web.app import HEADERS, app


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


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.ask("/", "POST").status_code == 405
    assert client.ask("/index.html", "DELETE").status_code == 405
