"""The door of the server: reading requests of bounded size, headers that forbid foreign script, harmless CSV."""

from __future__ import annotations

import codecs
import re
import secrets
from collections.abc import Awaitable, Callable, Collection
from contextvars import ContextVar
from typing import Any

from jinja2 import BaseLoader, Environment

from sse_db.formats import defuse

Scope = dict[str, Any]
Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Callable[[], Awaitable[Message]], Send], Awaitable[None]]

LONGEST_QUERY_STRING = 16_000
MOST_FACETS = 12
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
nonce: ContextVar[str] = ContextVar("nonce", default="")
"""The secret word of the page that is being written: script without it does not run."""


def policy() -> str:
    """The Content-Security-Policy of a page: script only from our own templates, requests only to this server."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce.get()}'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


class NonceLoader(BaseLoader):
    """Templates whose own script elements carry the page's nonce; what data bring into a page never does."""

    def __init__(self, inner: BaseLoader) -> None:
        self.inner = inner

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Any]:
        """The template's text with a nonce on each script element."""
        source, name, is_fresh = self.inner.get_source(environment, template)
        return re.sub(r"<script\b", '<script nonce="{{ csp_nonce() }}"', source), name, is_fresh

    def list_templates(self) -> list[str]:
        """Names of all templates."""
        return self.inner.list_templates()


def guard(app: App, hosts: Collection[str] | None) -> App:
    """An application that refuses what is no plain reading request to one of ``hosts`` (None: to any)."""

    async def guarded(scope: Scope, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        nonce.set(secrets.token_urlsafe(16))
        writer = _Writer(scope, send)
        refusal = _refuse(scope, hosts)
        if refusal is None:
            await app(scope, receive, writer.send)
            return
        status, text = refusal
        headers = [(b"content-type", b"text/plain; charset=utf-8")]
        await writer.send({"type": "http.response.start", "status": status, "headers": headers})
        await writer.send({"type": "http.response.body", "body": text.encode()})

    return guarded


def _refuse(scope: Scope, hosts: Collection[str] | None) -> tuple[int, str] | None:
    """Status and sentence for a request that is not to be answered."""
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    if hosts is not None and re.sub(r":\d+$", "", host) not in hosts:
        return 421, "this server answers to its own name only"  # a foreign page that points its name here
    if scope["method"] not in ("GET", "HEAD"):
        return 405, "this server only reads"
    query = scope["query_string"]
    if len(query) > LONGEST_QUERY_STRING:
        return 414, f"a query string of more than {LONGEST_QUERY_STRING} bytes"
    if query.count(b"_facet") > MOST_FACETS:
        return 400, f"more than {MOST_FACETS} facets"
    return None


class _Writer:
    """Puts the headers on a response and, where it is CSV, defuses its cells."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._send = send
        self._is_csv_page = scope["path"].endswith(".csv")
        name = re.sub(r"[^\w-]", "_", scope["path"].rpartition("/")[2].removesuffix(".csv"), flags=re.ASCII)
        self._attachment = f'attachment; filename="{name}.csv"'.encode()
        self._csv: CsvDefuser | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = _headers()
            kept = [(name, value) for name, value in message["headers"] if name.lower() not in dict(ours)]
            kind = next((value for name, value in kept if name.lower() == b"content-type"), b"")
            if self._is_csv_page and kind.startswith((b"text/plain", b"text/csv")) and message["status"] == 200:
                self._csv = CsvDefuser()
                kept = [each for each in kept if each[0].lower() not in (b"content-type", b"content-disposition")]
                kept += [(b"content-type", b"text/csv; charset=utf-8"), (b"content-disposition", self._attachment)]
            message = {**message, "headers": [*kept, *ours]}
        elif self._csv is not None:
            body = self._csv.feed(message.get("body", b""), last=not message.get("more_body", False))
            message = {**message, "body": body}
        await self._send(message)


def _headers() -> list[tuple[bytes, bytes]]:
    return [
        (b"content-security-policy", policy().encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"referrer-policy", b"no-referrer"),
    ]


FIELD = re.compile(r'(?P<quote>"?)(?P<text>(?<=")(?:[^"]|"")*(?=")|[^",\r\n]*)(?P<rest>"?(?:,|\r?\n|$))')


class CsvDefuser:
    """Passes CSV through, with an apostrophe before each text that a spreadsheet would take for a formula."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._pending = ""

    def feed(self, chunk: bytes, *, last: bool) -> bytes:
        """The defused form of all rows that are complete."""
        self._pending += self._decoder.decode(chunk, last)
        end = len(self._pending)
        while not last and end and (self._pending[end - 1] != "\n" or self._pending.count('"', 0, end) % 2):
            end = self._pending.rfind("\n", 0, end - 1) + 1
        complete, self._pending = self._pending[:end], self._pending[end:]
        return FIELD.sub(_defuse_field, complete).encode()


def _defuse_field(field: re.Match[str]) -> str:
    return f"{field['quote']}{defuse(field['text'])}{field['rest']}"
