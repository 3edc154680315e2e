"""A parameter of a saved query is understood as import understands it; an empty answer names what is near."""

import pytest
from support import homes
from support.engines import opened
from typer.testing import CliRunner

from sse_db.cli.app import make_app
from sse_db.errors import WrongUsage
from sse_db.records.meanings import understand


@pytest.fixture(scope="module", params=homes.SYSTEMS)
def desk(request, tmp_path_factory, root):
    """A database with LATP and LLZO of one invented publication, as a function that runs a saved query on it."""
    call = CliRunner().invoke
    with homes.blank(request.param, tmp_path_factory.mktemp("desk") / "sse.db") as url:
        address = url.render_as_string()
        sheet = root / "tests/data/sheets/two_formulas.csv"
        assert call(make_app(), ["--db", address, "import", str(sheet)]).exit_code == 0
        yield lambda *words: call(make_app(), ["--db", address, "query", *words, "--format", "csv"])


def labels(result):
    assert result.exit_code == 0, result.stderr
    head, *rows = [line.split(",") for line in result.stdout.splitlines()]
    return [row[head.index("label")] for row in rows]


@pytest.mark.parametrize(
    ("query", "parameter", "found"),
    [
        ("values_of_formula", "formula=Li1.3Al0.3Ti1.7(PO4)3", ["P1"]),
        ("values_of_formula", "formula=Li₁.₃Al₀.₃Ti₁.₇(PO₄)₃", ["P1"]),
        ("values_of_formula", "formula=Li1+xAlxTi2-x(PO4)3, x = 0.3", ["P1"]),
        ("values_of_formula", "formula=La3Li7Zr2O12", ["P2"]),
        ("values_of_formula", "formula=Li14La6Zr4O24", ["P2"]),
        ("values_of_formula", "formula=LLZO", ["P2"]),
        ("values_of_formula", "formula=latp", ["P1"]),
        ("values_of_formula", "formula=Ta-LLZO", []),
        ("values_of_formula", "formula=Li3YCl6", []),
        ("values_of_publication", "doi=https://doi.org/10.5555/invented.1", ["P1", "P2"]),
        ("values_of_publication", "doi=doi:10.5555/INVENTED.1", ["P1", "P2"]),
        ("values_of_publication", "doi=10.5555/invented.2", []),
        ("series_by_sample", "sample=P1", ["P1"]),
        ("series_by_sample", "sample=2", ["P2"]),
        ("formulas_with_element", "element=zr", ["P2"]),
    ],
)
def test_any_spelling_finds_the_samples(desk, query, parameter, found):
    assert sorted(labels(desk(query, "-p", parameter))) == found


@pytest.mark.parametrize(
    ("query", "parameter", "told"),
    [
        ("values_of_formula", "formula=LLZO", "LLZO was searched as Li7La3Zr2O12"),
        ("values_of_formula", "formula=Li3YCl6", "no such formula: Li3YCl6; nearest: Li"),
        ("values_of_formula", "formula=LAGP", "no formula is LAGP; nearest: Li1.3Al0.3Ti1.7P3O12"),
        ("values_of_formula", "formula=Li7La3Zr2O1l", "Li7La3Zr2O12"),
        ("values_of_publication", "doi=10.5555/invented.7", "nearest: 10.5555/invented.1"),
        ("series_by_sample", "sample=P3", "no sample P3; nearest: P1, P2"),
        ("formulas_with_element", "element=Xe", "no formula holds Xe; there are Al, La, Li"),
    ],
)
def test_what_was_searched_and_what_is_nearest_is_told(desk, query, parameter, told):
    result = desk(query, "-p", parameter)
    assert result.exit_code == 0
    assert told in result.stderr


@pytest.mark.parametrize("date", ["2026-01-01", "2026-01-01T12:00", "7 days", "last week", "1h ago"])
def test_a_date_is_a_day_or_how_long_ago(desk, date):
    result = desk("changed_since", "-p", f"date={date}")
    assert len(result.stdout.splitlines()) > 1, result.stderr


def test_a_date_that_is_none_is_refused(desk):
    result = desk("changed_since", "-p", "date=soon")
    assert isinstance(result.exception, WrongUsage)
    assert "2026-11-21" in result.exception.hint


def test_a_family_holds_its_doped_members_and_no_other_family(seed_url):
    with opened(seed_url) as engine, engine.connect() as connection:
        found = {name: set(understand(connection, "formula", name).values) for name in ("LLZO", "LATP", "LAGP", "LLTO")}
    assert {"Li7La3Zr2O12", "Li6.4La3Ta0.6Zr1.4O12"} <= found["LLZO"]
    assert {"Li1.3Al0.3Ti1.7P3O12", "Li1.3Al0.3Ti1.6Zr0.1P3O12"} <= found["LATP"]
    assert "Li1.5Al0.5Ge1.5P3O12" in found["LAGP"]
    assert {"Li0.33La0.56TiO3", "Li0.5La0.5TiO3"} <= found["LLTO"]
    assert all("Zr" in formula and "La" in formula for formula in found["LLZO"])
    assert not found["LLZO"] & found["LLTO"]
