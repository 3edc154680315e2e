"""What the pages of `sse-db serve` say, asked of the site inside this process."""

import asyncio
import csv
import gzip
import hashlib
import io
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from urllib.parse import quote

import pytest
from support import seed_counts
from support.seeded import copy_seed, seed_path
from support.serving import DRAWINGS
from typer.testing import CliRunner

from sse_db.audits import list_audits
from sse_db.browse.pages import viewer
from sse_db.browse.pages.unit_cell import expand_cell
from sse_db.browse.queries.audit_counts import AuditCounts
from sse_db.browse.queries.sql_functions import find_place, replace, trim
from sse_db.browse.serving.server import listen
from sse_db.browse.serving.site import open_site
from sse_db.browse.serving.snapshot import STORED_VIEWS, Snapshot, take_snapshot
from sse_db.cli.app import make_app
from sse_db.errors import ServerNotStarted, UnusableStructure
from sse_db.formats import to_text
from sse_db.queries import list_queries
from sse_db.units import show_number
from sse_db.views import VIEWS

pytestmark = pytest.mark.one_system(
    "pages read a snapshot, which is the same of a server: test_snapshot_of_a_server.py"
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browse")
    source = copy_seed(folder)
    with sqlite3.connect(source) as connection:
        connection.execute("UPDATE impedance_measurements SET uncertainty_s_per_cm = 1.2e-5 WHERE id = 107")
        connection.execute(
            "INSERT INTO sample_aliases (batch_id, sample_id, label) VALUES (1, 5, 'pellet <b>seven</b>')"
        )
        connection.execute(
            "INSERT INTO publication_identifiers (batch_id, publication_id, kind, value) "
            "SELECT 1, publication_id, 'doi', '10.48550/arxiv.0001.2' FROM samples WHERE id = 5"
        )
        for owner, place in (("sample_id", "figures/grains.png"), ("publication_id", "the paper.pdf")):
            connection.execute(
                f"INSERT INTO attachments (batch_id, {owner}, kind, file_name, place, sha256, size_bytes, note) "
                f"SELECT 1, {'id' if owner == 'sample_id' else 'publication_id'}, 'other', 'x', ?, ?, 7, 'Fig. 2' "
                "FROM samples WHERE id = 5",
                [place, "ab" * 32],
            )
    connection.close()
    return take_snapshot(source, folder / "snapshot.db")


@pytest.fixture(scope="module")
def ask(snapshot):
    """A function from a path to the answer's text, or to its JSON."""
    with asyncio.Runner() as runner, open_site(snapshot, DRAWINGS, None) as site:

        def get(path, status=200):
            answer = runner.run(site.client.get(path))
            assert answer.status_code == status, answer.text
            return answer.json() if ".json" in path else answer.text

        yield get


@pytest.fixture
def rows(snapshot):
    """A function from a SELECT to its rows in the snapshot."""
    with closing(sqlite3.connect(f"file:{snapshot.path}?mode=ro", uri=True)) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def test_foreign_keys_say_what_they_stand_for_in_tables_views_facets_and_files(ask):
    label = "Li7La3Zr2O12 · Shin 2016"
    cell = ask("/sse/impedance_measurements.json?_labels=on&sample_id=5")["rows"][0]
    assert cell["sample_id"] == {"value": 5, "label": label}
    assert label in ask("/sse/room_temperature_conductivity?sample_id=5")
    assert label in ask("/sse/impedance_measurements?_facet=sample_id&sample_id=5")
    assert label in ask("/sse/impedance_measurements.csv?_labels=on&sample_id=5")
    assert "Shin 2016" in ask("/sse/samples?id=5")


def test_every_table_and_view_has_meaning_units_and_sortable_columns(ask):
    page = ask("/sse/room_temperature_conductivity?_sort_desc=total_conductivity_s_per_cm")
    assert "Total conductivity near room temperature in S/cm" in page
    values = [
        float(row["total_conductivity_s_per_cm"])
        for row in csv.DictReader(
            io.StringIO(ask("/sse/room_temperature_conductivity.csv?_sort_desc=total_conductivity_s_per_cm"))
        )
        if row["total_conductivity_s_per_cm"]
    ]
    assert values == sorted(values, reverse=True)
    assert "CC-BY-4.0" in ask("/")


@pytest.mark.parametrize("name", [query.name for query in list_queries()] + [f"audit_{a.name}" for a in list_audits()])
def test_every_saved_query_and_audit_answers(ask, name):
    assert ask(f"/sse/{name}.json")["error"] is None


def test_a_query_takes_its_parameter_and_a_blank_one_means_none(ask):
    assert all("Ta" in row[0] for row in ask("/sse/formulas_with_element.json?element=Ta")["rows"])
    assert ask("/sse/formulas_with_element.json?element=")["rows"] == []


def test_an_audit_can_be_limited_to_what_a_batch_touched(ask):
    everything = ask("/sse/audit_publication_unreviewed.json?since=")["rows"]
    assert len(everything) > len(ask("/sse/audit_publication_unreviewed.json?since=3")["rows"]) > 0
    assert ask("/sse/audit_publication_unreviewed.json?since=99999")["rows"] == []


@pytest.mark.parametrize(
    "words", ["Li7La3Zr2O12", "Li₇La₃Zr₂O₁₂", "li7la3 shin", "garnet 10.4191/kcers", "LLZ-8 boron OR", "Li3BO3"]
)
def test_words_beginnings_and_subscripts_find_a_sample(ask, words):
    found = ask("/-/search?q=" + words)
    expected = "/sse/samples/5" in found
    assert expected is (words != "LLZ-8 boron OR")


def test_the_search_box_of_a_table_finds_the_same_and_a_blank_one_finds_everything(ask):
    found = ask("/sse/samples.json?_search=li7la3+shin")
    assert 5 in [row[0] for row in found["rows"]]
    assert (
        ask("/sse/descriptors.json?_search=li7la3+shin")["filtered_table_rows_count"]
        == found["filtered_table_rows_count"]
    )
    assert ask("/sse/samples.json?_search=")["filtered_table_rows_count"] == seed_counts.SAMPLES
    assert ask("/sse/publications.json?_search=Korean")["filtered_table_rows_count"] > 0


def test_the_page_of_a_sample_names_its_former_labels_and_its_files_as_the_command_line_does(ask):
    page = ask("/sse/samples/5")
    assert "Also found as: pellet &lt;b&gt;seven&lt;/b&gt;" in page
    assert all(part in page for part in ("Attached files", "figures/grains.png", "Fig. 2", "abababababab<"))
    assert "Attached files" not in ask("/sse/samples/6")


def test_so_does_the_page_of_a_publication(ask, rows):
    ((publication,),) = rows("SELECT publication_id FROM samples WHERE id = 5")
    page = ask(f"/sse/publications/{publication}")
    assert "Also found as: 10.48550/arxiv.0001.2" in page
    assert "the paper.pdf" in page


def test_former_names_are_searched_too(ask):
    assert "/sse/samples/5" in ask("/-/search?q=pellet+seven")
    assert "/sse/publications/" in ask("/-/search?q=arxiv.0001.2")


def test_facets_filter_and_plots_keep_the_filter(ask):
    page = ask("/sse/samples?structure_class=garnet")
    assert "/-/plot/samples?structure_class=garnet" in page
    assert "structure_class = garnet" in ask("/-/plot/samples?structure_class=garnet")
    assert ask("/sse/samples.json")["facet_results"]["structure_class"]["results"][0]["value"] == "NASICON"


def test_the_page_of_a_sample_has_plot_composition_and_descriptors_even_where_little_is_known(ask):
    page = ask("/sse/samples/5")
    for text in ("Li<sub>7</sub>La<sub>3</sub>", "29.2", "1.61e-05", "LLZO_tetragonal", "li_ratio", "<svg"):
        assert text in page
    for sample in range(1, seed_counts.SAMPLES + 1, 15):
        assert "Composition" in ask(f"/sse/samples/{sample}")


def test_stored_views_hold_what_the_views_of_the_database_give(snapshot):
    with (
        closing(sqlite3.connect(f"file:{snapshot.source}?mode=ro", uri=True)) as origin,
        closing(sqlite3.connect(f"file:{snapshot.path}?mode=ro", uri=True)) as copy,
    ):
        assert set(STORED_VIEWS) <= set(VIEWS)
        for view in VIEWS:
            cursors = [each.execute(f"SELECT * FROM {view}") for each in (origin, copy)]
            assert cursors[0].description == cursors[1].description
            rows = [sorted(map(repr, cursor)) for cursor in cursors]
            assert rows[0] == rows[1], view


def test_pages_say_that_the_database_has_changed_since(ask, monkeypatch):
    assert "has changed since" not in ask("/sse/samples?_size=1")
    monkeypatch.setattr(Snapshot, "is_outdated", lambda _: True)
    assert "has changed since" in ask("/sse/samples?_size=1")


def test_a_log_of_wal_mode_is_taken_along_and_later_changes_are_noticed(tmp_path):
    path = copy_seed(tmp_path)
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("UPDATE samples SET remark = 'in the log' WHERE id = 2")
        writer.commit()
        snapshot = take_snapshot(path, tmp_path / "snapshot.db")
        with closing(sqlite3.connect(snapshot.path)) as copy:
            assert copy.execute("SELECT remark FROM samples WHERE id = 2").fetchone() == ("in the log",)
        assert not snapshot.is_outdated()
        writer.execute("UPDATE samples SET remark = 'later' WHERE id = 2")
        writer.commit()
        assert snapshot.is_outdated()


def test_taking_a_snapshot_leaves_the_database_as_it_is(tmp_path):
    path = copy_seed(tmp_path)
    before = hashlib.sha256(path.read_bytes()).digest(), os.stat(path).st_mtime_ns
    take_snapshot(path, tmp_path / "snapshot.db")
    assert (hashlib.sha256(path.read_bytes()).digest(), os.stat(path).st_mtime_ns) == before


def test_a_cell_is_expanded_with_shared_sites_and_face_atoms(root):
    text = (root / "seed_data/structures/cubic_Li_perovskite_La0.55Li0.45Ti0.9Al0.1O3.cif").read_text()
    cell = expand_cell(text)
    parts = [cell["sites"][atom["site"]]["parts"] for atom in cell["atoms"]]
    assert cell["cell"] == [3.8697, 0, 0, 0, 3.8697, 0, 0, 0, 3.8697]
    assert parts.count({"Ti": 0.909, "Al": 0.09}) == 8  # one site on the corner
    assert parts.count({"La": 0.558, "Li": 0.442}) == 1  # one in the middle
    assert parts.count({"O": 1.0}) == 12  # three on edges
    assert [site["count"] for site in cell["sites"]] == [1, 1, 3]


def test_a_shared_site_has_the_mixed_colour_of_its_elements_and_a_vacancy_makes_it_paler():
    head = "data_x\n_cell_length_a 4\n_cell_length_b 5\n_cell_length_c 6\n_cell_angle_alpha 90\n_cell_angle_beta 90\n"
    loop = "_cell_angle_gamma 90\nloop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n"
    sites = "_atom_site_fract_z\n_atom_site_occupancy\nLi .5 .5 .5 .5\nNa .5 .5 .5 .5\nLi .2 .2 .2 .5\nO .1 .3 .6 1\n"
    cell = expand_cell(head + loop + sites)
    assert cell["elements"] == {"Li": "#cc80ff", "Na": "#ab5cf2", "O": "#ff0d0d"}  # as Jmol has them
    assert [site["colour"] for site in cell["sites"]] == ["#bc6ef8", "#ddaaff", "#ff0d0d"]
    assert [site["radius"] for site in cell["sites"]] == [0.455, 0.455, None]


@pytest.mark.parametrize(
    "text", ["", "data_x", "data_x\n_cell_length_a 1\nloop_\n_atom_site_fract_x\n1\n", "x" * 600_000]
)
def test_a_broken_structure_file_is_one_clear_error(text):
    with pytest.raises(UnusableStructure):
        expand_cell(text)


def test_the_viewer_comes_out_of_its_wheel_packed_and_is_asked_for_once():
    plain, _ = viewer.answer("")
    packed, headers = viewer.answer("gzip, deflate, br")
    assert b"MoleculeViewer" in plain
    assert gzip.decompress(packed) == plain
    assert headers["content-encoding"] == "gzip"
    assert "max-age=31536000" in headers["cache-control"]


def test_only_pages_with_a_structure_load_the_viewer(ask):
    assert f'src="{viewer.address()}"' in ask("/sse/samples/5")
    assert "/-/viewer/" not in ask("/sse/samples")
    assert "MoleculeViewer" in ask(viewer.address())


@pytest.mark.parametrize(
    ("quick", "sql", "values"),
    [
        (replace, "SELECT replace(?, ?, ?)", ("R -3 c", " ", "")),
        (replace, "SELECT replace(?, ?, ?)", ("abc", "", "x")),
        (replace, "SELECT replace(?, ?, ?)", (None, "a", "x")),
        (replace, "SELECT replace(?, ?, ?)", (12.5, ".", ",")),
        (find_place, "SELECT instr(?, ?)", ("abcabc", "ca")),
        (find_place, "SELECT instr(?, ?)", ("abc", "x")),
        (find_place, "SELECT instr(?, ?)", (b"abc", b"c")),
        (trim, "SELECT trim(?, ?)", ("xxaxx", "x")),
    ],
)
def test_the_quick_functions_give_what_those_of_sqlite_give(quick, sql, values):
    with closing(sqlite3.connect(":memory:")) as connection:
        assert connection.execute(sql, values).fetchone() == (quick(*values),)


RECORDING = """
import sys, webbrowser
from pathlib import Path

class Recorder(webbrowser.BaseBrowser):
    def open(self, url, new=0, autoraise=True):
        Path("asked.txt").write_text(url)
        return True

webbrowser.register("recorder", None, Recorder(), preferred=True)
from sse_db.cli.app import main
main()
"""


def test_open_leads_the_browser_of_the_machine_to_the_page(tmp_path, root):
    words = ["--db", str(copy_seed(tmp_path)), "serve", "--open", "--port", "0"]
    with subprocess.Popen(
        [sys.executable, "-c", RECORDING, *words], cwd=tmp_path, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as process:  # fmt: skip
        said = process.stderr.readline()
        deadline = time.monotonic() + 60
        while not (tmp_path / "asked.txt").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        address = (tmp_path / "asked.txt").read_text()
        with urllib.request.urlopen(address, timeout=60) as answer:
            page = answer.read().decode()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert address in said
    assert "Lithium solid electrolytes" in page


def test_csv_of_the_browser_is_that_of_the_command_line(ask):
    sql = "SELECT relation, conductivity_s_per_cm, '-', '<', '=1+1', ' =1', '-1e-3', '+x' FROM impedance_measurements"
    mine = ask(f"/sse.csv?sql={quote(f'{sql} LIMIT 900')}")
    with closing(sqlite3.connect(seed_path())) as connection:
        cursor = connection.execute(f"{sql} LIMIT 900")
        theirs = to_text([column[0] for column in cursor.description], cursor.fetchall(), "csv")
    assert list(csv.reader(io.StringIO(mine))) == list(csv.reader(io.StringIO(theirs)))
    assert next(csv.DictReader(io.StringIO(ask("/sse/impedance_measurements.csv"))))["relation"] == "="


def test_measurements_of_a_sample_say_where_they_were_read(ask, rows):
    page = ask("/sse/samples/5")
    for head in ("place in the paper", "confidence", "compiled via"):
        assert f">{head}</th>" in page
    ((place, doi),) = rows(
        "SELECT m.source_location, p.doi FROM impedance_measurements AS m, samples AS s, publications AS p "
        "WHERE m.sample_id = 5 AND s.id = 5 AND p.id = s.publication_id"
    )
    assert f'<td class="place">{place}' in page
    assert f'<a href="https://doi.org/{doi}" rel="noopener noreferrer">{doi}</a>' in page


def test_an_uncertainty_stands_behind_its_value(ask, rows):
    sample, value, error = rows(
        "SELECT sample_id, conductivity_s_per_cm, uncertainty_s_per_cm FROM impedance_measurements WHERE id = 107"
    )[0]
    assert f"{show_number(value, 'S/cm')} ± {show_number(error, 'S/cm')}" in ask(f"/sse/samples/{sample}")


def test_a_paper_without_authors_shows_its_title_once(ask, rows):
    sample, title = rows(
        "SELECT s.id, p.title FROM samples AS s INNER JOIN publications AS p ON p.id = s.publication_id "
        "WHERE coalesce(p.first_author, p.authors) IS NULL AND p.title NOT LIKE '%&%' ORDER BY s.id LIMIT 1"
    )[0]
    heading = ask(f"/sse/samples/{sample}").split('class="heading"')[1].split("</div>")[0]
    assert heading.count(title) == 1


def test_the_page_of_a_publication_has_all_values_of_its_samples(ask, rows):
    publication, n = rows(
        "SELECT s.publication_id, count(*) FROM impedance_measurements AS m INNER JOIN samples AS s ON s.id = m.sample_id "
        "INNER JOIN publications AS p ON p.id = s.publication_id WHERE p.doi IS NOT NULL "
        "GROUP BY s.publication_id ORDER BY count(*) DESC LIMIT 1"
    )[0]
    page = ask(f"/sse/publications/{publication}")
    measurements = {int(key) for key in re.findall(r"/sse/impedance_measurements/(\d+)", page)}
    expected = {
        key
        for (key,) in rows(
            "SELECT m.id FROM impedance_measurements AS m INNER JOIN samples AS s ON s.id = m.sample_id "
            f"WHERE s.publication_id = {publication}"
        )
    }
    assert measurements == expected
    assert len(measurements) == n
    for (sample,) in rows(f"SELECT id FROM samples WHERE publication_id = {publication}"):
        assert f'href="/sse/samples/{sample}"' in page
    assert "https://doi.org/" in page
    assert "draft: not yet checked" in page


def test_a_row_stands_upright_with_units_meaning_and_where_it_came_from(ask, rows):
    page = ask("/sse/impedance_measurements/107")
    assert 'class="rows-and-columns"' not in page
    assert re.search(r'conductivity_s_per_cm</th><td><span title="[^"]+">[^<]+</span> S/cm</td><td>Ionic', page)
    file, who, when = rows(
        "SELECT b.file_name, b.curator, b.created_at FROM import_batches AS b "
        "INNER JOIN impedance_measurements AS m ON m.batch_id = b.id WHERE m.id = 107"
    )[0]
    origin = page.split("Where it comes from")[1]
    for text in (file, who, when, "row of the file", "/sse/change_log?table_name=impedance_measurements"):
        assert text in origin


def test_the_page_of_a_composition_marks_the_ends_that_the_audit_of_conflicts_compares(ask, rows):
    key = ask("/sse/audit_conflicts.json?since=")["rows"][0][1]
    page = ask(f"/sse/compositions/{key}")
    near = [
        value
        for (value,) in rows(
            "SELECT DISTINCT m.conductivity_s_per_cm FROM impedance_measurements AS m "
            "INNER JOIN samples AS s ON s.id = m.sample_id WHERE m.temperature_c BETWEEN 20 AND 30 AND m.relation = '=' "
            f"AND m.value_basis <> 'extrapolated' AND s.composition_id = {key} AND m.contribution <> 'unspecified'"
        )
    ]
    for word, end in (("highest", max(near)), ("lowest", min(near))):
        assert f'<td class="number">{show_number(end, "S/cm")} <strong class="mark">{word}</strong></td>' in page
    for (publication,) in rows(f"SELECT DISTINCT publication_id FROM samples WHERE composition_id = {key}"):
        assert f'href="/sse/publications/{publication}"' in page


def test_the_start_page_counts_the_findings_of_each_audit(snapshot, ask):
    findings = AuditCounts(snapshot.path)
    assert findings.wait(60)
    findings.close()
    assert findings.counts == {
        each.name: len(ask(f"/sse/audit_{each.name}.json?_size=max")["rows"]) for each in list_audits()
    }
    for _ in range(100):  # the site counts, too, and its page waits a moment each time
        if "not counted yet" not in (page := ask("/")):
            break
    found, empty = page.split("audits find nothing")
    assert re.search(rf"conflicts</a> <span>{findings.counts['conflicts']}</span>", found)
    assert "heating in kelvin</a> <span>0</span>" in empty


def test_an_audit_that_takes_too_long_stays_uncounted(snapshot, monkeypatch):
    monkeypatch.setattr("sse_db.browse.queries.audit_counts.LONGEST_S", -1.0)
    monkeypatch.setattr("sse_db.browse.queries.audit_counts.PROGRESS_STEPS", 1)
    findings = AuditCounts(snapshot.path)
    assert findings.wait(60)
    assert set(findings.counts.values()) == {None}


def test_what_is_not_answered_leads_back_and_gives_the_statement_back(ask, capfd):
    for path, status, sentence in (
        ("/sse/nothing", 404, "There is no table, view or query of this name."),
        ("/-/nothing", 404, "There is no page at this address."),
        ("/sse/samples/99999", 404, "There is no such row."),
        ("/sse/samples?_sort=nothing", 400, "Cannot sort table by nothing"),
        ("/sse?sql=delete+from+samples+where+id=:n%26n&n=7", 400, "Statement must be a SELECT"),
        ("/sse?sql=select+nonsense+from+samples", 400, "no such column: nonsense"),
    ):
        page = ask(path, status)
        assert sentence in page, path
        assert '<a href="/-/search">Search</a>' in page
        assert re.search(r"State of \d{4}-\d\d-\d\d \d\d:\d\d UTC", page)
        if "sql=delete" in path:
            assert ">delete from samples where id=:n&amp;n</textarea>" in page
            assert 'name="n" value="7"' in page
        if "sql=select" in path:
            assert ">select nonsense from samples</textarea>" in page
    assert capfd.readouterr() == ("", "")


def test_a_facet_that_is_always_there_is_not_shown_twice(ask):
    page = ask("/sse/samples?_facet=structure_class&_facet=label")
    assert re.findall(r'class="facet-info [^>]*data-column="(\w+)"', page).count("structure_class") == 1
    assert 'data-column="label"' in page


def test_a_taken_port_is_told_before_anything_is_loaded(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        result = CliRunner().invoke(make_app(), ["--db", str(tmp_path / "no.db"), "serve", "--port", port])
    assert isinstance(result.exception, ServerNotStarted)  # and not that the database is missing


def test_a_taken_port_and_a_foreign_host_are_one_clear_message():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(ServerNotStarted, match=f"port {port} of 127.0.0.1 is taken") as refused:
            listen("127.0.0.1", port)
        assert f"--port {port + 1}" in refused.value.hint
    with pytest.raises(ServerNotStarted, match="cannot listen on"):
        listen("192.0.2.1", 0)
