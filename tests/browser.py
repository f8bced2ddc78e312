"""A site served on loopback, and Debian's Chromium to look at it."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

PATIENCE = 180_000
"""Milliseconds a page has to show what it is expected to: a busy machine is no failure."""
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"]


def chromium_path() -> str | None:
    """Where Chromium is, None when it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of `folder`, served on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def needed() -> None:
    """Skip the test where there is no Chromium; fail it where everything must be there."""
    if chromium_path() is None:
        why = "Chromium is not installed: apt-get install chromium"
        if os.environ.get("GROUNDSWELL_REQUIRE_ALL") == "1":
            pytest.fail(why)
        pytest.skip(why)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium; the caller has looked whether there is one."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS, timeout=PATIENCE)
        try:
            yield browser
        finally:
            browser.close()
