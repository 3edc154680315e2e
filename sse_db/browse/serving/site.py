"""The Datasette application: the snapshot, what is said about it, the project's own pages, and the guard."""

from __future__ import annotations

import asyncio
import hashlib
import re
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.facets import ColumnFacet
from datasette.filters import FilterArguments
from datasette.plugins import pm
from datasette.utils.asgi import NotFound, Request, Response
from jinja2 import Environment
from markupsafe import Markup

from sse_db.browse.pages import own_pages as pages
from sse_db.browse.pages import plots, viewer
from sse_db.browse.pages.diagram import render_svg
from sse_db.browse.pages.drawings import Drawings
from sse_db.browse.pages.questions import QUESTIONS
from sse_db.browse.pages.refusals import explain, statement_of
from sse_db.browse.pages.unit_cell import expand_cell
from sse_db.browse.queries import measured_values as values
from sse_db.browse.queries.audit_counts import AuditCounts
from sse_db.browse.queries.labels import Labels, doi_link, in_words, subscripted
from sse_db.browse.queries.questions import Questions
from sse_db.browse.queries.search_index import DOCUMENTS, Texts
from sse_db.browse.queries.snapshot_queries import OnceFacet, SnapshotDatabase, bounded_rows
from sse_db.browse.queries.sql_functions import LONGEST, REFUSED, add_functions
from sse_db.browse.serving.guard import App, NonceLoader, guard, nonce
from sse_db.browse.serving.metadata import DATABASE, describe_site, searched
from sse_db.browse.serving.snapshot import Snapshot
from sse_db.dialects.sqlite.reading import restrict
from sse_db.errors import UnusableStructure
from sse_db.queries import list_queries
from sse_db.units import show_number

TIME_LIMIT_MS = 5_000
SQLITE_MEMORY = 512_000_000
"""Bytes that SQLite may hold in this process: what stops a statement that explodes while it is being compiled."""
LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 100,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 50_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
SETTINGS = {
    "sql_time_limit_ms": TIME_LIMIT_MS,
    "facet_time_limit_ms": 200,
    "suggest_facets": False,
    "allow_download": False,
    "truncate_cells_html": 300,
    "default_cache_ttl": 0,
}
MENU = (
    ("/", "Start"), ("/-/search", "Search"), (f"/{DATABASE}/sample_overview", "Samples"),
    (f"/-/plot/{plots.DEFAULT}", "Plot"), (f"/{DATABASE}", "Tables and SQL"), ("/-/help", "Help"),
    ("/-/diagram", "Table diagram"),
)  # fmt: skip


class Browser(Datasette):
    """Datasette on one snapshot, with labels for foreign keys that more than one column makes up."""

    def __init__(self, snapshot: Snapshot, labels: Labels) -> None:
        digest = hashlib.sha256(repr(snapshot.state).encode()).hexdigest()
        facts = {
            "hash": digest,
            "size": snapshot.path.stat().st_size,
            "tables": {name: {"count": rows} for name, rows in snapshot.counts.items()},
        }
        super().__init__(
            metadata=describe_site(list(snapshot.counts)), settings=SETTINGS, inspect_data={DATABASE: facts}
        )
        self.remove_database("_memory")
        _remember_connections(self.databases["_internal"])
        self.served = self.add_database(SnapshotDatabase(self, str(snapshot.path), is_mutable=False), name=DATABASE)
        self.labels = labels

    async def expand_foreign_keys(self, database: str, table: str, column: str, values: list[Any]) -> dict[Any, str]:
        """Label of each (column, value) that refers to another table."""
        keys = await self.databases[database].foreign_keys_for_table(table)
        other = next((key["other_table"] for key in keys if key["column"] == column), "")
        found = self.labels.find(other, values)
        return {(column, value): found.get(value, str(value)) for value in values}


def _remember_connections(database: Database) -> None:
    """Let a database in memory close its connections, too: Datasette keeps track of those to files alone."""
    connect = database.connect

    def connect_and_remember(write: bool = False) -> sqlite3.Connection:
        connection = connect(write)
        database._all_file_connections.append(connection)
        return connection

    database.connect = connect_and_remember


class Hooks:
    """What this package adds to Datasette; one object per running site."""

    __name__ = "sse_db.browse"  # where Datasette looks for templates/ and static/

    def __init__(self, snapshot: Snapshot, labels: Labels, drawings: Drawings, hosts: Collection[str] | None) -> None:
        self.snapshot, self.labels, self.drawings, self.hosts = snapshot, labels, drawings, hosts
        self.texts = Texts(snapshot.text_path)
        self.findings = AuditCounts(snapshot.path)
        self.questions = Questions(snapshot.path)
        self.parameters = {query.name: query.parameters for query in list_queries()}

    @hookimpl
    def prepare_connection(self, conn: sqlite3.Connection, database: str) -> None:
        """Only reading, within bounds; and functions that find the samples and publications with given words."""
        if database == DATABASE:
            conn.execute(f"PRAGMA hard_heap_limit = {SQLITE_MEMORY}")
            add_functions(conn)
            conn.create_function("meant", 2, self.questions.find_values, deterministic=True)
            for table in DOCUMENTS:
                conn.create_function(f"found_{table}", 1, partial(self.texts.find, table), deterministic=True)
            conn.row_factory = bounded_rows()
            restrict(conn, LIMITS, REFUSED)

    @hookimpl
    def prepare_jinja2_environment(self, env: Environment) -> None:
        """Script elements of templates get the page's nonce."""
        if env.loader is not None:
            env.loader = NonceLoader(env.loader)
        env.globals["csp_nonce"] = nonce.get
        env.filters |= {"subscripted": subscripted, "doi_link": doi_link, "shown": show_number, "in_words": in_words}

    @hookimpl(wrapper=True)
    def register_facet_classes(self) -> Any:
        """Facets without repetition."""
        found = yield
        return [[OnceFacet if each is ColumnFacet else each for each in classes] for classes in found]

    @hookimpl
    def asgi_wrapper(self) -> Callable[[App], App]:
        """Every request passes the guard."""
        return lambda app: guard(app, self.hosts)

    @hookimpl
    def menu_links(self) -> list[dict[str, str]]:
        """Links of the menu."""
        return [{"href": href, "label": label} for href, label in MENU]

    @hookimpl
    def table_actions(self, table: str, request: Request) -> list[dict[str, str]]:
        """A table that can be plotted has a link to its plot, with the page's filters by equal values."""
        query = "&".join(part for part in request.query_string.split("&") if part[:1] != "_" and "__" not in part)
        return [{"href": f"/-/plot/{table}?{query}", "label": "Plot"}] if table in plots.FIRST else []

    @hookimpl
    def render_cell(self, row: Any, value: Any, column: str, table: str | None) -> Any:
        """Keys are shown with what they stand for."""
        return self.labels.render(row, value, column, table)

    @hookimpl(trylast=True)
    def filters_from_request(self, request: Request, database: str, table: str, datasette: Browser) -> Any:
        """The search box of tables with a text index and of views by sample."""

        async def filters() -> FilterArguments | None:
            target = searched(table, await datasette.databases[database].table_columns(table))
            if database != DATABASE or target is None:
                return None
            text = request.args.get("_search")
            if not text:
                return FilterArguments([], extra_context={"supports_search": True})
            other, key = target
            return FilterArguments(
                [f"{key} IN (SELECT value FROM json_each(found_{other}(:search)))"],
                params={"search": text},
                human_descriptions=[f'search matches "{text}"'],
                extra_context={"supports_search": True, "search": text},
            )

        return filters

    @hookimpl
    def extra_css_urls(self) -> list[str]:
        """The project's own style."""
        return ["/-/static-plugins/sse_db.browse/browse.css"]

    @hookimpl
    def extra_template_vars(
        self, view_name: str, table: str | None, request: Request | None, datasette: Browser
    ) -> Any:
        """When the copy was made; for the start page and a sample what they show."""
        common = {
            "taken_at": self.snapshot.taken_at,
            "outdated": self.snapshot.is_outdated(),
            "plotted": plots.FIRST,
            "first_plot": plots.DEFAULT,
            "viewer": viewer.address(),
        }

        async def variables() -> dict[str, Any]:
            if view_name == "index":
                facts = datasette.metadata()
                start = await pages.describe_start(datasette.served, self.snapshot.counts, facts, self.findings)
                return {**common, "start": start}
            if view_name == "row" and request is not None:
                batch_of = partial(values.find_batch, datasette.served)
                return {**common, "batch_of": batch_of, **await self._describe_row(datasette.served, table, request)}
            return {**common, "told": await self._explain_parameters(request)}

        return variables

    async def _explain_parameters(self, request: Request | None) -> list[str]:
        """What the page of a saved query tells of its parameters."""
        name = "" if request is None else request.path.rpartition("/")[2]
        if request is None or name not in self.parameters:
            return []
        given = {each: request.args.get(each) or "" for each in self.parameters[name]}
        return await asyncio.to_thread(self.questions.explain, given)

    async def _describe_row(self, database: Database, table: str | None, request: Request) -> dict[str, Any]:
        """What the page of a sample, publication or composition shows above its row."""
        if table == "samples":
            return {
                "sample": await pages.describe_sample(self.snapshot.path, self.drawings, int(request.url_vars["pks"]))
            }
        if table == "publications":
            return {"publication": await values.describe_publication(database, int(request.url_vars["pks"]))}
        if table == "compositions":
            return {"composition": await values.describe_composition(database, int(request.url_vars["pks"]))}
        return {}

    @hookimpl
    def register_routes(self) -> list[tuple[str, Any]]:
        """Search, plots, structure files, and the script that draws them."""
        return [
            (r"/-/search$", self.show_search),
            (r"/-/help$", self.show_help),
            (r"/-/diagram$", self.show_diagram),
            (r"/-/plot/(?P<table>\w+)$", self.show_plot),
            (f"{re.escape(viewer.address())}$", self.send_viewer),
            (r"/-/structure/(?P<id>\d{1,12})\.(?P<format>cif|json)$", self.send_structure),
        ]

    async def show_search(self, request: Request, datasette: Browser) -> Response:
        """The page of hits for ``?q=``."""
        found = await pages.search(datasette.served, self.labels, self.texts, (request.args.get("q") or "")[:500])
        return Response.html(await datasette.render_template("search.html", found, request=request))

    async def show_help(self, request: Request, datasette: Browser) -> Response:
        """The questions that people ask, each with where its answer is."""
        return Response.html(await datasette.render_template("help.html", {"questions": QUESTIONS}, request=request))

    async def show_diagram(self, request: Request, datasette: Browser) -> Response:
        """The tables and what refers to what, as a picture."""
        shown = {"diagram": Markup(await asyncio.to_thread(render_svg))}
        return Response.html(await datasette.render_template("diagram.html", shown, request=request))

    async def show_plot(self, request: Request, datasette: Browser) -> Response:
        """The page of a plot."""
        arguments = {name: request.args[name] for name in request.args}
        table = request.url_vars["table"]
        shown = await plots.describe_plot(datasette.served, self.labels, self.drawings, table, arguments)
        return Response.html(await datasette.render_template("plot.html", shown, request=request))

    async def send_viewer(self, request: Request) -> Response:
        """The script that draws structures."""
        body, headers = await asyncio.to_thread(viewer.answer, request.headers.get("accept-encoding", ""))
        return Response(body, headers=headers, content_type="text/javascript; charset=utf-8")

    async def send_structure(self, request: Request, datasette: Browser) -> Response:
        """A structure file as it was imported, or the atoms of its cell."""
        sql = "SELECT cif_text FROM structural_records WHERE id = ? AND cif_text IS NOT NULL"
        row = (await datasette.served.execute(sql, [int(request.url_vars["id"])])).first()
        if row is None:
            raise NotFound("there is no structure file of that number")
        if request.url_vars["format"] == "cif":
            return Response(row[0], content_type="chemical/x-cif; charset=utf-8")
        try:
            return Response.json(await asyncio.to_thread(expand_cell, row[0]))
        except UnusableStructure as error:
            return Response.json({"error": str(error)}, status=422)

    @hookimpl(wrapper=True)
    def handle_exception(self, datasette: Browser, request: Request, exception: Exception) -> Any:
        """The sentence that explains a refusal, in the frame of the other pages; our own faults are Datasette's."""
        others = yield  # not even called where ours answers: they print what went wrong
        explained = explain(exception, TIME_LIMIT_MS / 1000)
        if explained is None:
            return others
        status, title, text = explained

        async def respond() -> Response:
            if request.path.endswith(".json"):
                return Response.json({"ok": False, "error": text, "status": status, "title": title}, status=status)
            context = {"title": title, "error": text, "status": status, **statement_of(request)}
            page = await datasette.render_template("error.html", context, request=request)
            return Response.html(page, status=status)

        return [respond]


@contextmanager
def open_site(snapshot: Snapshot, drawings: Drawings, hosts: Collection[str] | None) -> Iterator[Browser]:
    """A site on a snapshot; it ends, with every connection to the snapshot, at the end of the block."""
    from datasette import handle_exception

    handle_exception.rich = None  # it would print the variables of every missing page to stdout
    labels = Labels(snapshot.path)
    hooks = Hooks(snapshot, labels, drawings, hosts)
    pm.register(hooks)
    site = Browser(snapshot, labels)
    try:
        yield site
    finally:
        pm.unregister(hooks)
        site.executor.shutdown(wait=True)
        for database in site.databases.values():
            database.close()
        labels.close()
        hooks.texts.close()
        hooks.findings.close()
