"""Asks an app as a browser on this machine would: a page, or a stream that is read while it comes."""

import asyncio
from collections.abc import Mapping
from types import TracebackType

import anyio
import httpx
from starlette.applications import Starlette
from starlette.types import Message, Scope

HOST = "127.0.0.1:8321"


class Client:
    """Asks an app, with another Host header if told so."""

    def __init__(self, app: Starlette) -> None:
        self._transport = httpx.ASGITransport(app=app)

    def ask(
        self,
        path: str,
        method: str = "GET",
        host: str = HOST,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """One request, one answer."""

        async def once() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url=f"http://{HOST}") as client:
                return await client.request(method, path, headers={**(headers or {}), "Host": host}, content=body)

        return anyio.run(once)


class Listener:
    """A stream that is open while this is: its status and what came, until whoever listens goes away."""

    def __init__(self, app: Starlette, path: str) -> None:
        self._app = app
        self._path = path
        self._came: asyncio.Queue[Message] = asyncio.Queue()
        self._gone = asyncio.Event()
        self.status = 0
        self.text = ""

    async def __aenter__(self) -> "Listener":
        scope: Scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": "GET",
            "scheme": "http", "path": self._path, "raw_path": self._path.encode(), "query_string": b"", "root_path": "",
            "headers": [(b"host", HOST.encode())], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8321),
        }  # fmt: skip

        async def receive() -> Message:
            await self._gone.wait()
            return {"type": "http.disconnect"}

        self._task = asyncio.ensure_future(self._app(scope, receive, self._came.put))
        self.status = (await self._came.get())["status"]
        return self

    async def until(self, words: str) -> str:
        """All that came, once it holds these words; `AssertionError` when the stream ends before."""
        while words not in self.text:
            message = await asyncio.wait_for(self._came.get(), 20)
            self.text += message["body"].decode()
            assert message.get("more_body") or words in self.text, self.text
        return self.text

    async def end(self) -> None:
        """Until the stream ends by itself."""
        await asyncio.wait_for(self._task, 20)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._gone.set()
        await self._task
