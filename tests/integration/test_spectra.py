"""Spectra and their fits in the database: in, shown, beside published values, out in a release, and back."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa
from support.bench import Bench
from support.command_line import run
from support.engines import opened
from support.logical_dump import exact_dump, logical_dump
from support.serving import DRAWINGS
from support.spectrum_files import points, write_csv

from analysis.data.frames import read_view
from sse_db.database.engine import open_engine
from sse_db.database.transfer import as_file


@pytest.fixture(autouse=True)
def _dispose_of_engines(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close the engines that a test of this file has opened."""
    opened: list[sa.Engine] = []
    create = sa.create_engine

    def create_and_remember(*args: Any, **options: Any) -> sa.Engine:
        opened.append(create(*args, **options))
        return opened[-1]

    monkeypatch.setattr(sa, "create_engine", create_and_remember)
    yield
    for engine in opened:
        engine.dispose()


GEOMETRY = ("--thickness", "1.2", "--diameter", "10")


@pytest.fixture
def folder(tmp_path: Path, make_url: Callable[[], sa.URL], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with one sample that has a published bulk value, three files of spectra, and one that is none."""
    url = make_url()
    monkeypatch.setenv("SSE_DB_URL", url.render_as_string())
    monkeypatch.setenv("SSE_DB_CURATOR", "ada")
    bench = Bench(url)
    pellet = bench.sample("pellet", grain_size_um=3.0)
    bench.measure(pellet, "bulk", 1e-4, 25.0)
    bench.sample("other")
    bench.engine.dispose()
    frequency, impedance = points(40, 7, 0)
    for celsius in (25, 50, 75):
        (tmp_path / f"pellet_{celsius}C.csv").write_text(write_csv(frequency, impedance * 25 / celsius))
    (tmp_path / "bench.db").write_bytes(b"SQLite format 3\0" + bytes(1000))
    return tmp_path


def rows(_folder: Path, sql: str) -> list[Any]:
    with opened(os.environ["SSE_DB_URL"]) as engine, engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(sql))]


def dump(_folder: Path, of: Callable[[sa.Engine], Any]) -> Any:
    with opened(os.environ["SSE_DB_URL"]) as engine:
        return of(engine)


def store(folder: Path, *words: str, name: str = "pellet_25C.csv") -> Any:
    return run(folder, "spectrum", "import", name, "--sample", "pellet", *GEOMETRY, "--yes", *words)


def test_a_fit_becomes_measurements_beside_the_published_value(folder: Path) -> None:
    outcome = store(folder)
    assert outcome.returncode == 0, outcome.stderr
    found = rows(
        folder,
        "SELECT contribution, replicate_label, temperature_c, conductivity_s_per_cm FROM impedance_measurements ORDER BY id",
    )
    assert found[0] == ("bulk", "", 25.0, 1e-4)
    assert [row[:3] for row in found[1:]] == [
        (part, "spectrum pellet_25C", 25.0) for part in ("bulk", "grain_boundary", "total")
    ]
    constant = 0.12 / (np.pi / 4)
    assert found[1][3] == pytest.approx(constant / 1e4, rel=0.05)
    assert found[2][3] == pytest.approx(constant / 3e4, rel=0.05)


def test_the_points_are_stored_as_they_were_read_and_the_fit_knows_its_measurements(folder: Path) -> None:
    store(folder)
    ((text, count, thickness),) = rows(folder, "SELECT points, point_count, pellet_thickness_mm FROM impedance_spectra")
    frequency, impedance = points(40, 7, 0)
    np.testing.assert_allclose(json.loads(text)["frequency_hz"], frequency, rtol=1e-8)
    np.testing.assert_allclose(json.loads(text)["z_imaginary_ohm"], impedance.imag, rtol=1e-7)
    assert (count, thickness) == (40, 1.2)
    ((circuit, parameters, by, parts),) = rows(
        folder,
        "SELECT circuit, parameters, accepted_by, (SELECT group_concat(contribution) FROM impedance_measurements AS m "
        "WHERE m.id IN (f.bulk_measurement_id, f.grain_boundary_measurement_id, f.total_measurement_id)) FROM spectrum_fits AS f",
    )
    assert (circuit, by, parts) == ("(R1|Q1)-(R2|Q2)-Q3", "ada", "bulk,grain_boundary,total")
    assert json.loads(parameters)["R1_ohm"]["value"] == pytest.approx(1e4, rel=0.02)


def test_grain_size_and_geometry_of_the_sample_count_where_nobody_says(folder: Path) -> None:
    run(folder, "sample", "edit", "pellet", "--pellet-thickness", "1.2 mm", "--pellet-diameter", "10 mm")
    outcome = run(folder, "spectrum", "import", "pellet_25C.csv", "--sample", "pellet", "--yes")
    assert outcome.returncode == 0, outcome.stderr
    ((per_area, boundary),) = rows(
        folder,
        "SELECT grain_boundary_conductivity_s_per_cm2, fitted_grain_boundary_conductivity_s_per_cm FROM fitted_spectra",
    )
    assert per_area == pytest.approx(boundary / 3e-4, rel=1e-4)


def test_the_same_file_again_changes_nothing(folder: Path) -> None:
    store(folder)
    before = dump(folder, exact_dump)
    again = json.loads(store(folder, "--json").stdout)
    assert again["batches"][0]["id"] is None
    assert dump(folder, exact_dump) == before


def test_another_fit_of_the_same_spectrum_is_a_conflict_unless_it_is_meant(folder: Path) -> None:
    store(folder)
    other = ("--circuit", "(R1|Q1)-Q2")
    refused = store(folder, *other)
    assert refused.returncode == 1
    assert "spectrum pellet_25C" in refused.stderr
    assert store(folder, *other, "--on-conflict", "update").returncode == 0
    assert rows(folder, "SELECT count(*) FROM spectrum_fits") == [(2,)]


def test_undo_takes_spectrum_fit_and_measurements_back(folder: Path) -> None:
    before = dump(folder, logical_dump)
    store(folder)
    ((batch,),) = rows(folder, "SELECT max(id) FROM import_batches")
    assert run(folder, "undo", batch, "--yes").returncode == 0
    assert dump(folder, logical_dump) == before


def test_a_removed_sample_takes_its_spectra_along_and_they_come_back(folder: Path) -> None:
    store(folder)
    before = rows(folder, "SELECT * FROM fitted_spectra")
    removed = run(folder, "sample", "remove", "pellet", "--take-along", "--yes", "--json")
    assert json.loads(removed.stdout)["removed"]["spectrum_fits"] == 1
    assert rows(folder, "SELECT count(*) FROM impedance_spectra") == [(0,)]
    last = rows(folder, "SELECT max(id) FROM import_batches")[0][0]
    assert run(folder, "undo", last, "--yes").returncode == 0
    assert rows(folder, "SELECT * FROM fitted_spectra") == before


def test_a_file_belongs_to_one_sample(folder: Path) -> None:
    store(folder)
    outcome = run(folder, "spectrum", "import", "pellet_25C.csv", "--sample", "other", *GEOMETRY, "--yes")
    assert outcome.returncode == 1
    assert "pellet_25C is a spectrum of 10.1000/bench · pellet already" in outcome.stderr
    assert rows(folder, "SELECT count(*) FROM impedance_spectra") == [(1,)]


def test_without_being_accepted_a_spectrum_comes_in_alone(folder: Path) -> None:
    outcome = run(folder, "spectrum", "import", "pellet_25C.csv", "--sample", "pellet", *GEOMETRY, stdin="n\n")
    assert outcome.returncode == 0, outcome.stderr
    assert rows(folder, "SELECT count(*) FROM impedance_spectra") == [(1,)]
    assert rows(folder, "SELECT count(*) FROM spectrum_fits") == [(0,)]
    assert rows(folder, "SELECT count(*) FROM impedance_measurements") == [(1,)]


def test_a_series_is_one_batch_a_file_and_gives_activation_energies(folder: Path) -> None:
    outcome = run(folder, "spectrum", "import", ".", "--sample", "pellet", *GEOMETRY, "--yes", "--series")
    assert outcome.returncode == 0, outcome.stderr
    assert "passed over, no file of spectra: bench.db" in outcome.stderr
    assert "Arrhenius" in outcome.stdout
    assert rows(folder, "SELECT count(*) FROM import_batches WHERE format = 'spectrum'") == [(3,)]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("fit", "nowhere.csv"), 1, "there is no file"), (("fit", "pellet_25C.csv", "--circuit", "(R1|C1)"), 2, "no circuit"),
        (("fit", "pellet_25C.csv", "--lowest", "9e6"), 1, "too few"), (("fit", "pellet_25C.csv", "--lowest", "10", "--highest", "5"), 2, "not below"),
        (("fit", "pellet_25C.csv", "--series"), 2, "at least two spectra"), (("show", "nothing"), 1, "there is no spectrum"),
        (("import", "pellet_25C.csv", "--sample", "nobody"), 1, "there is no sample"), (("fit", "bench.db"), 1, "binary"),
    ],
)  # fmt: skip
def test_mistakes_are_told_in_a_sentence(folder: Path, words: tuple[str, ...], code: int, says: str) -> None:
    outcome = run(folder, "spectrum", *words)
    assert (outcome.returncode, says in outcome.stderr) == (code, True), outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_fit_touches_no_database_and_a_refused_file_does_not_keep_the_others_out(tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text(write_csv(*points(40, 7, 0)))
    (tmp_path / "bad.csv").write_text("f (Hz),Z' (Ohm),Z'' (Ohm)\n1,2,nan\n")
    outcome = run(tmp_path, "spectrum", "fit", ".", "--json")
    assert outcome.returncode == 1
    assert "refused: bad.csv" in outcome.stderr
    (found,) = json.loads(outcome.stdout)["fits"]
    assert found["parameters"]["R2_ohm"]["value"] == pytest.approx(3e4, rel=0.02)


def test_plots_are_pages_without_a_network(folder: Path) -> None:
    outcome = run(folder, "spectrum", "fit", "pellet_25C.csv", *GEOMETRY, "--plot", "plots")
    assert outcome.returncode == 0
    page = (folder / "plots" / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "2 grain boundary" in page
    assert "2 grain boundary" in (folder / "plots" / "pellet_25C.svg").read_text(encoding="utf-8")
    assert "fitted_z_real_ohm" in pd.read_csv(folder / "plots" / "pellet_25C.csv")


def test_the_page_of_a_sample_shows_its_spectra(folder: Path) -> None:
    store(folder)
    assert "(R1|Q1)-(R2|Q2)-Q3" in run(folder, "sample", "show", "pellet").stdout
    shown = run(folder, "spectrum", "show", "pellet_25C", "--plot", "stored")
    assert "R2_ohm" in shown.stdout
    assert (folder / "stored" / "pellet_25C.svg").is_file()
    (row,) = json.loads(run(folder, "spectrum", "show", "--sample", "pellet", "--json").stdout)["spectra"]
    assert "2 grain boundary" in DRAWINGS.spectrum(row)


def test_the_browser_shows_the_nyquist_plot_on_the_page_of_the_sample(folder: Path) -> None:
    from sse_db.browse.serving.site import open_site
    from sse_db.browse.serving.snapshot import take_snapshot

    store(folder)
    with opened(os.environ["SSE_DB_URL"]) as engine, as_file(engine) as path:
        snapshot = take_snapshot(path, folder / "snapshot.db")
    with asyncio.Runner() as runner, open_site(snapshot, DRAWINGS, None) as site:
        page = runner.run(site.client.get("/sse/samples/1")).text
    assert "Impedance spectra" in page
    assert "pellet_25C" in page
    assert "2 grain boundary" in page


def test_a_release_holds_the_points_as_lists_and_gives_them_back(folder: Path) -> None:
    store(folder)
    assert run(folder, "export", "release", "release").returncode == 0
    frame = pd.read_parquet(folder / "release" / "data" / "impedance_spectra.parquet")
    assert len(frame["frequency_hz"][0]) == len(frame["z_imaginary_ohm"][0]) == 40
    assert "points" not in frame
    assert run(folder, "--db", "again.db", "init").returncode == 0
    assert run(folder, "--db", "again.db", "import", "release").returncode == 0
    with closing(sqlite3.connect(folder / "again.db")) as connection:
        again = connection.execute(
            "SELECT points, circuit, fitted_bulk_conductivity_s_per_cm FROM fitted_spectra"
        ).fetchall()
    assert again == rows(folder, "SELECT points, circuit, fitted_bulk_conductivity_s_per_cm FROM fitted_spectra")


def test_the_report_has_a_section_on_spectra(folder: Path) -> None:
    from types import SimpleNamespace

    from analysis.report.sections.spectra import describe_spectra

    engine = open_engine()
    study: Any = SimpleNamespace(engine=engine)
    assert describe_spectra(study).facts["spectra"]["spectra"] == 0
    engine.dispose()
    store(folder)
    engine = open_engine()
    study = SimpleNamespace(engine=engine)
    section = describe_spectra(study)
    assert section.facts["spectra"] == {"spectra": 1, "samples": 1, "fits": 1, "doubtful": 0}
    assert "Arcs: 1 bulk, 2 grain boundary" in section.figures[0].caption  # type: ignore[union-attr]
    assert len(section.tables["spectrum_points"]) == 40
    assert len(read_view(engine, "fitted_spectra")) == 1
    engine.dispose()
