"""What a page says where a request is not answered."""

from __future__ import annotations

import sqlite3
from typing import Any

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Forbidden, NotFound, Request
from datasette.views.base import DatasetteError

MISSING = {
    "404": "There is no page at this address.",
    "Database not found": "There is no page at this address.",
    "Table not found": "There is no table, view or query of this name.",
    "Record not found": "There is no such row.",
}
"""What Datasette says of an address, and how a reader understands it."""


def explain(exception: Exception, time_limit_s: float) -> tuple[int, str, str] | None:
    """Status, title and a sentence; None for a fault of the program itself."""
    title = "Not answered"
    if isinstance(exception, MemoryError):
        return 400, title, "The query was stopped: it needs too much memory."
    if isinstance(exception, QueryInterrupted) or getattr(exception, "title", "") == "SQL Interrupted":
        text = f"The query was stopped after {time_limit_s:g} s. Ask for less, or use sse-db query."
        return 400, title, text
    if isinstance(exception, NotFound):
        return 404, "Not found", MISSING.get(str(exception), f"{exception}.")
    if isinstance(exception, DatasetteError):
        status = 400 if exception.status == 500 else exception.status  # its word for a column that is not there
        return status, exception.title or title, str(exception.message)
    if isinstance(exception, Base400):
        return exception.status, title, str(exception)
    if isinstance(exception, Forbidden):
        return 403, title, "This server only reads."
    if isinstance(exception, ValueError | sqlite3.Error):
        return 400, title, f"This address means nothing here: {exception}"
    return None


def statement_of(request: Request) -> dict[str, Any]:
    """The statement that came with a request and its parameters, to be given back for mending."""
    args = {name: request.args[name] for name in request.args}
    parameters = {name: value for name, value in args.items() if name != "sql" and not name.startswith("_")}
    return {"sql": args.get("sql"), "parameters": parameters}
