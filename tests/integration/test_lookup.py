"""A DOI resolver is asked only on request; its answers and its silence both end in plain words."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from support.command_line import run

from etl.bibliographies.doi_lookup import look_up
from sse_db.errors import LookupFailed
from sse_db.settings import variable_of

ANSWER = {
    "status": "ok",
    "message-type": "work",
    "message": {
        "DOI": "10.1000/garnet", "type": "journal-article", "title": ["Fast ions in Li<sub>7</sub>La3Zr2O12"],
        "container-title": ["Journal of Power Sources"], "volume": "12", "page": "1-9",
        "author": [{"family": "Wu", "given": "Yen-Ju", "sequence": "first"}, {"name": "The Garnet Team"}],
        "issued": {"date-parts": [[2021, 3, 1]]}, "URL": "https://doi.org/10.1000/garnet",
    },
}  # fmt: skip


class Resolver(BaseHTTPRequestHandler):
    """Speaks the JSON of the Crossref interface for one DOI."""

    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path.startswith("/works/10.1000/garnet"):
            self.answer(200, "application/json", json.dumps(ANSWER))
        elif self.path.startswith("/works/10.1000/page"):
            self.answer(200, "text/html", "<html>log in</html>")
        elif self.path.startswith("/works/10.1000/busy"):
            self.answer(503, "text/plain", "busy")
        else:
            self.answer(404, "text/plain", "Resource not found.")

    def answer(self, code, kind, text):
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def resolver(monkeypatch):
    """A resolver on this machine; its ``asked`` lists what it was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Resolver)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv(variable_of("doi_resolver"), f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.usefixtures("home")
def test_an_answer_fills_what_the_curator_does_not_say(resolver, tmp_path):
    words = ("publication", "add", "--doi", "doi:10.1000/GARNET", "--volume", "13", "--lookup")
    assert run(tmp_path, *words).returncode == 0
    page = json.loads(run(tmp_path, "publication", "show", "10.1000/garnet", "--json").stdout)["publication"]
    assert page["title"] == "Fast ions in Li7La3Zr2O12"
    assert (page["first_author"], page["authors"]) == ("Wu, Yen-Ju", "Wu, Yen-Ju; The Garnet Team")
    assert (page["journal"], page["year"], page["kind"]) == ("Journal of Power Sources", 2021, "article")
    assert page["volume"] == "13", "the curator's word goes before the resolver's"
    assert page["title_key"] == "fastionsinli7la3zr2o12"


@pytest.mark.usefixtures("home")
def test_nobody_is_asked_without_the_flag(resolver, tmp_path):
    assert run(tmp_path, "publication", "add", "--doi", "10.1000/garnet").returncode == 0
    assert resolver.asked == []


@pytest.mark.parametrize(
    ("doi", "words"),
    [("10.1000/unknown", "does not know"), ("10.1000/page", "did not answer"), ("10.1000/busy", "answered 503")],
)
def test_an_answer_that_is_none_is_told(resolver, doi, words):
    with pytest.raises(LookupFailed, match=words):
        look_up(doi)


@pytest.mark.usefixtures("home")
def test_without_a_network_it_says_so_and_writes_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv(variable_of("doi_resolver"), "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    refused = run(tmp_path, "publication", "add", "--doi", "10.1000/garnet", "--lookup")
    assert refused.returncode == 1
    assert "no network" in refused.stderr
    assert "--title" in refused.stderr
    assert run(tmp_path, "publication", "show", "10.1000/garnet").returncode == 1
    assert run(tmp_path, "publication", "add", "--title", "A", "--lookup").returncode == 2
