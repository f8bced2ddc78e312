"""The live page: how a watch gets on and what trends, as a page, and as a stream of server-sent events that keeps it so.

Whoever looks is told of the same: each figure is computed by one thread at a time, and only while somebody looks.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from groundswell.charts.definition import TRENDING_NOW
from groundswell.charts.now import TrendingNow
from groundswell.core.errors import GroundswellError
from groundswell.core.live import span_text
from groundswell.core.origin import Evidence, MayShow
from groundswell.newsroom.desk import Desk
from groundswell.store.pulse import Pulse
from groundswell.web.app import Pages
from groundswell.web.now import pulse, trending

MOST_CLIENTS: Final = 20
HEARTBEAT: Final = 15.0
"""Seconds without news after which a client is told that all is well."""
_TICK: Final = 1.0
_COUNTED_EVERY: Final = 5.0
_REST: Final = 10
"""How many times as long as counting took is waited before it is done again."""
_PATIENCE: Final = 60.0
"""Seconds a page that does not follow may be behind."""
_WRITES: Final = timedelta(seconds=15)
"""How long after its last word a watch is taken to run."""
T = TypeVar("T")


class Shared(Generic[T]):
    """What `compute` says, or why it cannot, for everybody who asks: computed again once it is `keep` seconds old."""

    def __init__(self, compute: Callable[[], T], keep: float) -> None:
        self._compute = compute
        self._keep = keep
        self._due = 0.0
        self._at = 0.0
        self._task: asyncio.Task[T | str] | None = None
        self._said: T | str = ""

    async def said(self, patience: float) -> T | str:
        """The newest answer; one older than `patience` seconds is waited for."""
        now = time.monotonic()
        if self._task is None and now >= self._due:
            self._task = asyncio.create_task(self._ask())
        if self._task is not None and (not self._at or now - self._at > patience):
            return await asyncio.shield(self._task)
        return self._said

    async def _ask(self) -> T | str:
        began = time.monotonic()
        try:
            self._said = await asyncio.to_thread(self._compute)
        except GroundswellError as error:
            self._said = str(error)
        finally:
            self._at = time.monotonic()
            self._due = self._at + max(self._keep, _REST * (self._at - began))
            self._task = None
        return self._said


@dataclass(frozen=True)
class State:
    """What the page shows at one moment; `why` there is no list where there is none."""

    at: datetime
    pulse: Pulse | None
    list: TrendingNow | None
    why: str

    @property
    def running(self) -> bool:
        """Whether a watch writes."""
        return self.pulse is not None and self.at - self.pulse.written <= _WRITES

    @property
    def behind(self) -> str:
        """How far behind the stream the watch is."""
        return "" if self.pulse is None else span_text(self.at - self.pulse.until)

    @property
    def silent(self) -> str:
        """How long ago a watch last wrote."""
        return "" if self.pulse is None else span_text(self.at - self.pulse.written)

    @property
    def figures(self) -> bool:
        """Whether the stream's origin lets us show how much comes."""
        return self.pulse is not None and self.pulse.may_show == MayShow.VALUES

    @property
    def simulated(self) -> bool:
        """Whether any of it is simulated."""
        of_pulse = self.pulse is not None and self.pulse.evidence == Evidence.SIMULATED
        return of_pulse or (self.list is not None and self.list.simulated)


class Live:
    """The page and its stream over one desk; `is_ending` says when the server stops."""

    def __init__(self, desk: Desk, pages: Pages, now: Callable[[], datetime], is_ending: Callable[[], bool]) -> None:
        self._pages = pages
        self._now = now
        self._is_ending = is_ending
        self._pulse = Shared(lambda: pulse(desk, now()), _TICK / 2)
        self._list = Shared(lambda: trending(desk, now()), _COUNTED_EVERY)
        self._clients = 0

    def routes(self) -> list[BaseRoute]:
        """Where they are served."""
        return [Route("/live", RedirectResponse("/live/")), Route("/live/", self.page), Route("/live/events", self)]

    async def page(self, request: Request) -> Response:
        """The page as things stand."""
        state = await self._state(_PATIENCE)
        return self._pages.page("live", state=state, chart=TRENDING_NOW)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The stream; one client too many is told so."""
        if scope["method"] != "GET":
            await PlainTextResponse("only GET\n", 405)(scope, receive, send)
        elif self._clients >= MOST_CLIENTS:
            said = f"{MOST_CLIENTS} pages follow already: close one\n"
            await PlainTextResponse(said, 503)(scope, receive, send)
        else:
            self._clients += 1
            try:
                await StreamingResponse(self._events(), media_type="text/event-stream")(scope, receive, send)
            finally:
                self._clients -= 1

    async def _events(self) -> AsyncIterator[str]:
        yield "retry: 2000\n\n"
        told, told_at = "", time.monotonic()
        while not self._is_ending():
            html = self._pages.part("state", state=await self._state(float("inf")), chart=TRENDING_NOW)
            now = time.monotonic()
            if html != told:
                told, told_at = html, now
                yield "".join(f"data: {line}\n" for line in html.split("\n")) + "\n"
            elif now - told_at >= HEARTBEAT:
                told_at = now
                yield ": still here\n\n"
            await asyncio.sleep(_TICK)

    async def _state(self, patience: float) -> State:
        beat, listed = await self._pulse.said(_TICK), await self._list.said(patience)
        return State(
            at=self._now(),
            pulse=None if isinstance(beat, str) else beat,
            list=None if isinstance(listed, str) else listed,
            why=listed if isinstance(listed, str) else "",
        )
