"""Serve a built site, and pages over the desk behind it, on loopback: for its editors, not for the public.

Requests for any host but this machine's own names are refused, so no other page can read it through the browser (DNS rebinding).
The site stays as it was built: the way to the pages that only a server can give is added as it goes out.
"""

import os
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from groundswell.core.live import clock_text
from groundswell.newsroom.shown import day_of, day_text, sentence, stated_by, table

HOSTS = ("127.0.0.1", "localhost", "[::1]")
PAGES = {"Live": "/live/", "Check": "/check/"}
"""What is served besides the site: name → where."""
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
    "base-uri 'none'; form-action {form}; frame-ancestors 'none'; connect-src {connect}"
)
HEADERS = {
    "Content-Security-Policy": _POLICY.format(form="'none'", connect="'none'"),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
MOST_SHOWN = 80
"""Characters of an address that has no page."""
PAGE_POLICY = _POLICY.format(form="'self'", connect="'self'")
"""Of the pages that are served besides the site: they may ask the server they come from."""
_ASSETS = {
    "style.css": ("groundswell.newsroom", "text/css"),
    "icon.svg": ("groundswell.newsroom", "image/svg+xml"),
    "desk.css": ("groundswell.web", "text/css"),
    "live.js": ("groundswell.web", "text/javascript"),
}


class SecurityHeaders:
    """Adds `HEADERS` to every answer, errors included, where it has none of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)


class Site(StaticFiles):
    """The built site; where a page ends its navigation, the way to the other pages goes on."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """A file as it is, a page with the links."""
        path = Path(full_path)
        if path.suffix != ".html":
            return super().file_response(full_path, stat_result, scope, status_code)
        links = "".join(f'<a href="{where}">{name}</a>' for name, where in PAGES.items())
        page = path.read_text(encoding="utf-8", errors="surrogateescape").replace("</nav>", f"{links}</nav>", 1)
        return HTMLResponse(page.encode(errors="surrogateescape"), status_code)


class Pages:
    """What the served pages are written with."""

    def __init__(self, desk: str, site: Path) -> None:
        self._site = site
        self._pages = Environment(
            loader=PackageLoader("groundswell.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            auto_reload=False,
        )  # fmt: skip
        self._pages.globals.update(desk=desk, served=PAGES)
        self._pages.filters.update(
            clock=clock_text,
            rate=_rate,
            day=day_text,
            day_of=day_of,
            sentence=sentence,
            stated_by=stated_by,
            table=table,
        )

    def part(self, template: str, **values: object) -> str:
        """A piece of a page."""
        return self._pages.get_template(f"{template}.html.j2").render(**values)

    def page(self, template: str, status_code: int = 200, **values: object) -> Response:
        """A whole page."""
        has_charts = (self._site / "charts" / "index.html").exists()
        html = self.part(template, has_charts=has_charts, **values)
        return HTMLResponse(
            html.encode("utf-8", "replace"), status_code, headers={"Content-Security-Policy": PAGE_POLICY}
        )

    def missing(self, request: Request, _: Exception) -> Response:
        """The page of an address that has none, which it names as far as it can be shown."""
        asked = "".join(one if one.isprintable() else "�" for one in request.scope["path"][: MOST_SHOWN + 1])
        return self.page("missing", 404, address=asked if len(asked) <= MOST_SHOWN else f"{asked[:MOST_SHOWN]}…")


def app(site: Path, routes: Sequence[BaseRoute] = (), pages: Pages | None = None) -> Starlette:
    """The site in `site` as an ASGI application; with `pages` also the `routes` to them, and one for what there is not."""
    if pages is not None:
        routes = [*routes, Route("/app/{name}", _asset)]
    return Starlette(
        exception_handlers={404: pages.missing} if pages is not None else {},
        routes=[
            *routes,
            Mount("/", (StaticFiles if pages is None else Site)(directory=site, html=True, check_dir=False)),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS), www_redirect=False),
        ],
    )


def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _ASSETS:
        return Response("no such file\n", 404, media_type="text/plain")
    package, media_type = _ASSETS[name]
    return Response((files(package) / "templates" / name).read_bytes(), media_type=media_type)


def _rate(a_second: float) -> str:
    return f"{a_second:,.0f}" if a_second >= 10 else f"{a_second:.1f}"
