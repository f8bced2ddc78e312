"""The server: the site, and the pages over the desk behind it, until interrupted."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import uvicorn
from starlette.applications import Starlette

from groundswell.newsroom.desk import Desk
from groundswell.web.app import Pages, app
from groundswell.web.check import Checks
from groundswell.web.live import Live


def app_of(
    desk: Desk, now: Callable[[], datetime], token: str, is_ending: Callable[[], bool] = lambda: False
) -> Starlette:
    """All that is served of a desk. POSTs need the `token`; `is_ending` says when streams are to end."""
    pages = Pages(desk.settings.name, desk.site)
    checks = Checks(desk, pages, token)
    return app(desk.site, [*Live(desk, pages, now, is_ending).routes(), *checks.routes()], pages)


def new_token() -> str:
    """What every POST to a server must carry, made when it starts."""
    return secrets.token_urlsafe(32)


def serve(desk: Desk, port: int, now: Callable[[], datetime], token: str) -> None:
    """Serve until interrupted."""
    application = app_of(desk, now, token, lambda: server.should_exit)
    config = uvicorn.Config(application, host="127.0.0.1", port=port, log_level="warning")
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):
        server.run()
