"""Bytes from the network: bounded in size, time and tries."""

import time
from collections.abc import Callable
from typing import Final

import httpx

from groundswell.core.errors import FetchError
from groundswell.feeds.table import MOST_BYTES

TRIES: Final = 3
_SECONDS = httpx.Timeout(connect=10, read=30, write=10, pool=10)
_SECONDS_IN_ALL: Final = 300
_MEANWHILE_GONE = {408, 425, 429, 500, 502, 503, 504}
AGENT = "groundswell (open-source chart checker)"


def fetch(
    url: str,
    *,
    transport: httpx.BaseTransport | None = None,
    wait: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> bytes:
    """The bytes at an http or https address; a transient failure is tried again, three times in all.

    `FetchError` in one line when the address does not answer, answers with an error, or with more than is read.
    """
    _check_address(url)
    for attempt in range(1, TRIES + 1):
        try:
            return _once(url, transport, clock)
        except FetchError as error:
            if not error.transient or attempt == TRIES:
                raise
            wait(2.0**attempt)
    raise AssertionError("unreachable")


def _check_address(url: str) -> None:
    if not url.startswith(("https://", "http://")):
        raise FetchError(f"'{url[:80]}' is not an address: it must begin with https:// or http://", transient=False)


def _once(url: str, transport: httpx.BaseTransport | None, clock: Callable[[], float]) -> bytes:
    began = clock()
    try:
        with (
            httpx.Client(
                transport=transport,
                timeout=_SECONDS,
                follow_redirects=True,
                max_redirects=5,
                event_hooks={"request": [lambda request: _check_address(str(request.url))]},  # redirects too
            ) as client,
            client.stream("GET", url, headers={"User-Agent": AGENT}) as answer,
        ):
            if answer.status_code != 200:
                raise FetchError(
                    f"{url}: the server answered {answer.status_code} {answer.reason_phrase}".rstrip(),
                    transient=answer.status_code in _MEANWHILE_GONE,
                )
            data = bytearray()
            for part in answer.iter_bytes():
                data += part
                if len(data) > MOST_BYTES:
                    raise FetchError(f"{url}: more than {MOST_BYTES:,} bytes; nothing was loaded", transient=False)
                if clock() - began > _SECONDS_IN_ALL:
                    raise FetchError(f"{url}: not done after {_SECONDS_IN_ALL} seconds", transient=True)
            return bytes(data)
    except (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError) as error:
        raise FetchError(f"{url}: no answer ({type(error).__name__}); try again later", transient=True) from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"{url}: {error}", transient=False) from error
