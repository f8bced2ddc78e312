"""The server: the site, and the pages over the desk behind it, until interrupted."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import uvicorn
from starlette.applications import Starlette

from groundswell.newsroom.desk import Desk
from groundswell.web.app import Pages, app
from groundswell.web.live import Live


def app_of(desk: Desk, now: Callable[[], datetime], is_ending: Callable[[], bool] = lambda: False) -> Starlette:
    """All that is served of a desk; `is_ending` says when streams are to end."""
    pages = Pages(desk.settings.name, desk.site)
    return app(desk.site, Live(desk, pages, now, is_ending).routes())


def serve(desk: Desk, port: int, now: Callable[[], datetime]) -> None:
    """Serve until interrupted."""
    config = uvicorn.Config(
        app_of(desk, now, lambda: server.should_exit), host="127.0.0.1", port=port, log_level="warning"
    )
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):
        server.run()
