"""Bytes from an address: tried again only where that may help, bounded in size, time and hops."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from groundswell.core.errors import FetchError
from groundswell.feeds.fetch import TRIES, fetch
from groundswell.feeds.table import MOST_BYTES

URL = "https://producer.example/list.tsv"


class Server:
    """Answers in turn what it is given, the last one again and again; remembers what it was asked."""

    def __init__(self, *answers: httpx.Response | Exception | Callable[[], httpx.Response]) -> None:
        self._answers = list(answers)
        self.asked: list[httpx.Request] = []
        self.waited: list[float] = []

    def _answer(self, request: httpx.Request) -> httpx.Response:
        answer = self._answers[min(len(self.asked), len(self._answers) - 1)]
        self.asked.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, httpx.Response) else answer()

    def fetch(self, url: str = URL, clock: Callable[[], float] = lambda: 0.0) -> bytes:
        """What is fetched from it."""
        return fetch(url, transport=httpx.MockTransport(self._answer), wait=self.waited.append, clock=clock)

    def fails(self, *, transient: bool, url: str = URL, clock: Callable[[], float] = lambda: 0.0) -> str:
        """The one line said when it cannot be fetched."""
        with pytest.raises(FetchError) as error:
            self.fetch(url, clock)
        assert error.value.transient is transient
        assert len(str(error.value).splitlines()) == 1
        return str(error.value)


def test_bytes_are_fetched() -> None:
    server = Server(httpx.Response(200, content=b"week\tcategory\n"))
    assert server.fetch() == b"week\tcategory\n"
    [request] = server.asked
    assert "groundswell" in request.headers["User-Agent"]
    assert server.waited == []


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_server_in_trouble_is_asked_again(status: int) -> None:
    server = Server(httpx.Response(status), httpx.Response(200, content=b"x"))
    assert server.fetch() == b"x"
    assert server.waited == [2.0]
    server = Server(httpx.Response(status))
    assert server.fails(transient=True).startswith(f"{URL}: the server answered {status}")
    assert (len(server.asked), server.waited) == (TRIES, [2.0, 4.0])


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.ConnectTimeout("x"),
        httpx.ReadTimeout("x"),
        httpx.ConnectError("x"),
        httpx.ReadError("x"),
        httpx.RemoteProtocolError("x"),
    ],
)
def test_a_connection_that_breaks_is_tried_again(trouble: httpx.TransportError) -> None:
    server = Server(trouble, trouble, httpx.Response(200, content=b"x"))
    assert server.fetch() == b"x"
    server = Server(trouble)
    assert server.fails(transient=True) == f"{URL}: no answer ({type(trouble).__name__}); try again later"
    assert len(server.asked) == TRIES


@pytest.mark.parametrize("status", [201, 204, 206, 304, 400, 401, 403, 404, 410, 451, 501])
def test_an_answer_that_will_not_change_is_asked_for_once(status: int) -> None:
    server = Server(httpx.Response(status))
    assert server.fails(transient=False).startswith(f"{URL}: the server answered {status} ")
    assert (len(server.asked), server.waited) == (1, [])


def test_more_than_is_read_is_refused_before_it_is_all_here() -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while True:
            sent += 10_000_000
            yield bytes(10_000_000)

    server = Server(httpx.Response(200, content=endless()))
    assert server.fails(transient=False) == f"{URL}: more than {MOST_BYTES:,} bytes; nothing was loaded"
    assert sent <= MOST_BYTES + 20_000_000
    assert len(server.asked) == 1


def test_a_trickle_ends() -> None:
    server = Server(lambda: httpx.Response(200, content=(b"x" for _ in range(10_000))))
    ticks = iter(range(0, 10_000_000, 100))
    said = server.fails(transient=True, clock=lambda: float(next(ticks)))
    assert said == f"{URL}: not done after 300 seconds"
    assert len(server.asked) == TRIES


def test_redirects_are_followed_but_not_in_circles_or_out_of_http() -> None:
    there = httpx.Response(302, headers={"Location": "https://elsewhere.example/list.tsv"})
    server = Server(there, httpx.Response(200, content=b"x"))
    assert server.fetch() == b"x"
    assert [request.url.host for request in server.asked] == ["producer.example", "elsewhere.example"]
    server = Server(httpx.Response(302, headers={"Location": URL}))
    assert "redirects" in server.fails(transient=False)
    assert len(server.asked) == 6
    for away in ("file:///etc/passwd", "ftp://a.example/x", "javascript:alert(1)", "gopher://a.example"):
        server = Server(httpx.Response(302, headers={"Location": away}))
        server.fails(transient=False)
        assert len(server.asked) == 1, away


@pytest.mark.parametrize(
    "url",
    [
        "",
        "list.tsv",
        "/etc/passwd",
        "file:///etc/passwd",
        "ftp://a.example/x",
        "javascript:alert(1)",
        "HTTPS//a",
        "data:,x",
    ],
)
def test_what_is_no_address_is_never_asked(url: str) -> None:
    server = Server(httpx.Response(200))
    assert (
        server.fails(transient=False, url=url) == f"'{url}' is not an address: it must begin with https:// or http://"
    )
    assert server.asked == []


@pytest.mark.parametrize(
    "url",
    ["http://", "https://[::1", "https://a.example:99999999/x", "https://a\x00b/", "http://\udce9/", "https://a b/"],
)
def test_an_address_that_cannot_be_read_is_one_line(url: str) -> None:
    with pytest.raises(FetchError) as error:
        fetch(url, transport=httpx.MockTransport(lambda _: httpx.Response(404)), wait=lambda _: None)
    assert not error.value.transient


def test_an_answer_that_is_not_what_it_says_it_is_packed_as_is_refused() -> None:
    packed = httpx.Response(200, headers={"Content-Encoding": "gzip"}, content=iter([b"not gzip"]))
    assert Server(packed).fails(transient=False).startswith(f"{URL}: ")
