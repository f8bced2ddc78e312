"""The check page, and the same over `POST /api/check`: press text in, every audience number with its verdict out.

Every POST carries a token made when the server started, so that no other page can have a text checked; a body is bounded, and so
is the number of texts checked at a time, each in a thread of its own. Texts are not kept.
"""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import parse_qs

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from groundswell.checker.text import MOST_BYTES
from groundswell.core.document import json_text
from groundswell.core.errors import GroundswellError, MachineryError
from groundswell.newsroom.desk import Desk
from groundswell.web.app import Pages
from groundswell.web.checking import Outcome, check_text, pieces, shown

MOST_OF_A_BODY: Final = 6 * MOST_BYTES
"""A text as long as may be, however it is escaped."""
_MOST_READ: Final = 10 * MOST_OF_A_BODY
"""What is read of a body that is refused: who sends it hears why only at its end."""
_AT_ONCE: Final = 2
_MOST_WAITING: Final = 8
_FORM: Final = "application/x-www-form-urlencoded"
_JSON: Final = "application/json"


class _Asked(msgspec.Struct):
    text: str
    released: date | None = None


@dataclass(frozen=True)
class _Form:
    """What the page was sent."""

    text: str = ""
    released: str = ""


class Checks:
    """The page and the API over one desk."""

    def __init__(self, desk: Desk, pages: Pages, token: str) -> None:
        self._desk = desk
        self._pages = pages
        self._token = token
        self._waiting = 0
        self._free = asyncio.Semaphore(_AT_ONCE)

    def routes(self) -> list[BaseRoute]:
        """Where they are served."""
        return [
            Route("/check", RedirectResponse("/check/")),
            Route("/check/", self.page, methods=["GET"]),
            Route("/check/", self.checked_page, methods=["POST"]),
            Route("/api/check", self.checked_document, methods=["POST"]),
        ]

    async def page(self, request: Request) -> Response:
        """The form."""
        return self._page(_Form())

    async def checked_page(self, request: Request) -> Response:
        """The text of the form, marked, with a card and a receipt for each claim; or one line that says what is wrong."""
        form = _Form()
        try:
            fields = _fields(await _body(request, _FORM))
            form = _Form(fields.get("text", "").replace("\r\n", "\n"), fields.get("released", "").strip())
            if not self._is_ours(fields.get("token", "")):
                raise HTTPException(403, "this page is older than the server: check the text again from here")
            outcome = await self._check(form.text, _day(form.released))
        except HTTPException as error:
            return self._page(form, why=error.detail, status_code=error.status_code)
        return self._page(form, outcome)

    async def checked_document(self, request: Request) -> Response:
        """What `check --json` prints."""
        try:
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            if scheme != "Bearer" or not self._is_ours(token):
                raise HTTPException(403, "send 'Authorization: Bearer TOKEN' with the token 'serve' printed")
            asked = _decoded(await _body(request, _JSON))
            outcome = await self._check(asked.text, asked.released)
        except HTTPException as error:
            body = {"error": {"kind": "Refused", "lines": [error.detail], "status": error.status_code}}
            return Response(json_text(body), error.status_code, media_type=_JSON)
        return Response(json_text(outcome.document), media_type=_JSON)

    def _page(self, form: _Form, outcome: Outcome | None = None, why: str = "", status_code: int = 200) -> Response:
        claims = shown(outcome, self._desk) if outcome else []
        return self._pages.page(
            "check",
            status_code,
            form=form,
            token=self._token,
            why=why,
            outcome=outcome,
            claims=claims,
            pieces=list(pieces(outcome, claims)) if outcome else [],
            others=[number for number in outcome.document["numbers"] if number["status"] != "read"] if outcome else [],
        )

    def _is_ours(self, token: str) -> bool:
        return secrets.compare_digest(token.encode("utf-8", "replace"), self._token.encode())

    async def _check(self, text: str, released: date | None) -> Outcome:
        if not text.strip():
            raise HTTPException(400, "there is no text: paste what is to be checked")
        if len(text.encode("utf-8", "replace")) > MOST_BYTES:
            raise HTTPException(413, f"the text has more than {MOST_BYTES:,} bytes; check it in parts")
        if self._waiting >= _MOST_WAITING:
            raise HTTPException(503, f"{self._waiting} texts wait to be checked already; try again in a moment")
        self._waiting += 1
        try:
            async with self._free:
                return await asyncio.to_thread(check_text, self._desk, text, released)
        except MachineryError as error:
            raise HTTPException(500, str(error)) from error
        except GroundswellError as error:
            raise HTTPException(400, str(error)) from error
        finally:
            self._waiting -= 1


async def _body(request: Request, kind: str) -> bytes:
    """The body, of this kind and not too long."""
    sent = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if sent != kind:
        raise HTTPException(415, f"the content type is '{sent[:80]}'; send {kind}")
    parts, length = [], 0
    async for part in request.stream():
        length += len(part)
        if length > _MOST_READ:
            break
        if length <= MOST_OF_A_BODY:
            parts.append(part)
    if length > MOST_OF_A_BODY:
        raise HTTPException(413, f"more than {MOST_OF_A_BODY:,} bytes were sent; a text has at most {MOST_BYTES:,}")
    return b"".join(parts)


def _fields(body: bytes) -> dict[str, str]:
    """The fields of a form, each once."""
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=8)
    except ValueError:
        raise HTTPException(400, "the form cannot be read: send text, released and token, as UTF-8") from None
    return {name: values[0] for name, values in fields.items()}


def _decoded(body: bytes) -> _Asked:
    try:
        return msgspec.json.decode(body, type=_Asked)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise HTTPException(400, f"{str(error)[:150]}; send an object with text and released") from None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise HTTPException(400, f"'{text[:40]}' is no day; write it as 2022-05-01") from None
