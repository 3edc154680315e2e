"""Every saved query answers what its sentence says, checked against pandas on the tables themselves."""

import json

import pandas as pd
import pytest
import sqlalchemy as sa
from support.engines import opened
from typer.testing import CliRunner

from analysis.data.arrhenius import fit_all
from sse_db.cli.app import make_app
from sse_db.errors import NotFound, WrongUsage
from sse_db.queries import find_query, list_queries


class Tables:
    """Tables and views of the seed as frames."""

    def __init__(self, engine):
        self._engine = engine

    def __getattr__(self, name):
        with self._engine.connect() as connection:
            return pd.read_sql_query(sa.text(f"SELECT * FROM {name} ORDER BY 1"), connection)


@pytest.fixture(scope="module")
def tables(seed_url):
    with opened(seed_url) as engine:
        yield Tables(engine)


@pytest.fixture(autouse=True)
def _seed(seed_url, monkeypatch):
    monkeypatch.setenv("SSE_DB_URL", seed_url)


def ask(name, *words):
    result = CliRunner().invoke(make_app(), ["query", "--saved", name, "--json", *words])
    assert result.exit_code == 0, result.stderr
    return pd.DataFrame(json.loads(result.stdout))


def near_room(tables, contribution):
    view = tables.room_temperature_conductivity
    return view[view[f"{contribution}_conductivity_s_per_cm"].notna()]


def check_activation_energies(tables, rows):
    assert sorted(rows["activation_energy_ev"]) == sorted(tables.activation_energies["activation_energy_ev"])


def check_best_conductors(tables, rows):
    view = near_room(tables, "total").query("total_relation == '='")
    best = view["total_conductivity_s_per_cm"].nlargest(50)
    assert rows["total_conductivity_s_per_cm"].tolist() == best.tolist()
    assert rows["reference"].notna().all()


def check_bulk_and_grain_boundary(tables, rows):
    both = near_room(tables, "bulk")["grain_boundary_conductivity_s_per_cm"].notna().sum()
    assert len(rows) == both > 0
    ratio = rows["bulk_conductivity_s_per_cm"] / rows["grain_boundary_conductivity_s_per_cm"]
    assert rows["bulk_over_grain_boundary"].tolist() == pytest.approx(ratio.tolist())


def check_by_structure_class(tables, rows):
    view = near_room(tables, "total").query("total_relation == '='")
    joined = view.merge(tables.samples, left_on="sample_id", right_on="id")
    wanted = joined.groupby("structure_class")["total_conductivity_s_per_cm"].agg(["count", "median"])
    named = rows.dropna(subset="structure_class").set_index("structure_class")
    assert named["samples"].to_dict() == wanted["count"].to_dict()
    assert named["median_total_conductivity_s_per_cm"].to_dict() == pytest.approx(wanted["median"].to_dict())


def check_element_sets(tables, rows):
    sets = tables.composition_elements.groupby("composition_id")["element"].agg(frozenset)
    counted = tables.samples["composition_id"].map(sets).value_counts()
    assert {frozenset(each.split("-")): n for each, n in rows.to_numpy()} == counted.to_dict()


def check_formulas_with_element(tables, rows):
    amounts = tables.composition_elements.query("element == 'Al'")
    with_element = tables.samples["composition_id"].isin(amounts["composition_id"])
    assert len(rows) == with_element.sum() > 0
    assert rows["formula"].str.contains("Al").all()


def check_missing_for_h_gb(tables, rows):
    joined = near_room(tables, "grain_boundary").merge(tables.samples, left_on="sample_id", right_on="id")
    known = joined["grain_size_um"].notna() & ~joined["grain_size_relation"].isin(["<", ">"])
    assert len(rows) == (~known).sum() > 0


def check_processing_routes(tables, rows):
    steps = tables.processing_steps.sort_values(["sample_id", "position"])
    assert rows["operation"].tolist() == steps["operation"].tolist()


def check_publications_by_year(tables, rows):
    samples = tables.samples.merge(tables.publications, left_on="publication_id", right_on="id")
    counted = samples.groupby("year", dropna=False)["publication_id"].agg(["nunique", "count"])
    assert rows["samples"].sum() == len(samples)
    assert rows["publications"].tolist() == counted.sort_index(na_position="first")["nunique"].tolist()


def check_sintering_and_conductivity(tables, rows):
    sintered = tables.sintering_steps["sample_id"].isin(tables.room_temperature_conductivity["sample_id"])
    assert len(rows) == sintered.sum() > 0
    assert rows["sintering_temperature_c"].dropna().is_monotonic_increasing


def check_structures_of_samples(tables, rows):
    assert len(rows) == tables.sample_structures["density_record_id"].notna().sum() > 0
    assert rows["density_g_per_cm3"].between(1, 9).all()


def check_temperature_series(tables, rows):
    points = tables.impedance_measurements.query("temperature_basis == 'stated' and relation == '='")
    counted = points.groupby(["sample_id", "contribution"])["temperature_c"].nunique()
    assert sorted(rows["temperatures"]) == sorted(counted[counted >= 3])


def check_where_values_come_from(tables, rows):
    assert rows["conductivity_s_per_cm"].tolist() == tables.impedance_measurements["conductivity_s_per_cm"].tolist()
    assert rows[["file_name", "source_row", "curator"]].notna().all().all()


def check_values_of_formula(tables, rows):
    compositions = tables.compositions.query("formula == 'Li7La3Zr2O12'")
    samples = tables.samples[tables.samples["composition_id"].isin(compositions["id"])]
    measured = tables.impedance_measurements[tables.impedance_measurements["sample_id"].isin(samples["id"])]
    assert sorted(rows["conductivity_s_per_cm"]) == sorted(measured["conductivity_s_per_cm"])
    assert rows["doi"].nunique() > 1


def check_values_of_publication(tables, rows):
    publication = tables.publications.query("doi == '10.1039/c5ta06379e'")["id"].item()
    samples = tables.samples[tables.samples["publication_id"] == publication]
    measured = tables.impedance_measurements[tables.impedance_measurements["sample_id"].isin(samples["id"])]
    assert sorted(rows["conductivity_s_per_cm"]) == sorted(measured["conductivity_s_per_cm"])
    assert set(rows["label"]) == set(samples["label"])


def check_per_curator(tables, rows):
    by_batch = tables.import_batches.set_index("id")["curator"]
    for column, table in [("samples", tables.samples), ("conductivities", tables.impedance_measurements)]:
        counted = table["batch_id"].map(by_batch).value_counts()
        assert rows.set_index("curator")[column].to_dict() == counted.to_dict()


def check_reviews(tables, rows):
    assert len(rows) == (tables.publications["review_state"] == "reviewed").sum()


def check_changed_since(tables, rows):
    log = tables.change_log
    assert rows["changes"].sum() == (log["changed_at"] >= "2026-01-01").sum() > 0
    assert rows["changed_at"].is_monotonic_decreasing


def check_per_composition(tables, rows):
    view = near_room(tables, "total").query("total_relation == '='")
    joined = view.merge(tables.samples, left_on="sample_id", right_on="id").groupby("composition_id")
    wanted = joined["total_conductivity_s_per_cm"].agg(["count", "min", "max"])
    found = rows.query("contribution == 'total'").set_index("composition_id")
    assert found["samples"].to_dict() == wanted["count"].to_dict()
    assert (10 ** found["spread_decades"]).to_dict() == pytest.approx((wanted["max"] / wanted["min"]).to_dict())


def check_series_by_sample(tables, rows):
    measured = tables.impedance_measurements.query("sample_id == 2")
    assert sorted(rows["conductivity_s_per_cm"]) == sorted(measured["conductivity_s_per_cm"])


def check_fitted_against_reported(tables, rows):
    fits = fit_all(tables.measurement_points).query("form == 'sigma_t'")
    assert len(rows) == len(fits.merge(tables.activation_energies, on=["sample_id", "contribution"]))


CHECKS = {name.removeprefix("check_"): each for name, each in dict(globals()).items() if name.startswith("check_")}


EXAMPLES = {
    "formulas_with_element": ["-p", "element=al"],
    "values_of_formula": ["-p", "formula=Li7La3Zr2O12"],
    "values_of_publication": ["-p", "doi=10.1039/C5TA06379E"],
    "changed_since": ["-p", "date=2026-01-01"],
    "series_by_sample": ["-p", "sample=2"],
}


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_a_saved_query_answers_what_its_sentence_says(tables, query):
    assert query.sentence.endswith((".", "?"))
    CHECKS[query.name](tables, ask(query.name, *EXAMPLES.get(query.name, [])))


@pytest.mark.parametrize("query", [query for query in list_queries() if query.parameters], ids=lambda query: query.name)
def test_a_query_without_its_parameter_is_refused_with_the_way_to_run_it(query):
    result = CliRunner().invoke(make_app(), ["query", query.name])
    assert isinstance(result.exception, WrongUsage)
    assert query.usage in result.exception.hint


def test_a_fitted_activation_energy_stands_beside_the_reported_one(tmp_path, engine, monkeypatch):
    monkeypatch.setenv("SSE_DB_URL", engine.url.render_as_string())
    sheet = tmp_path / "series.csv"
    sheet.write_text(
        "DOI,Sample,Formula,Temperature (°C),σ total (S/cm),Ea total (eV)\n"
        "10.5555/invented.3,S,Li7La3Zr2O12,25,3.0e-4,0.31\n10.5555/invented.3,S,Li7La3Zr2O12,50,7.9e-4,0.31\n"
        "10.5555/invented.3,S,Li7La3Zr2O12,75,1.8e-3,0.31\n10.5555/invented.3,S,Li7La3Zr2O12,100,3.6e-3,0.31\n",
        encoding="utf-8",
    )
    assert CliRunner().invoke(make_app(), ["import", str(sheet)]).exit_code == 0
    result = CliRunner().invoke(make_app(), ["query", "fitted-against-reported", "--json"])
    (row,) = json.loads(result.stdout)
    fit = fit_all(Tables(engine).measurement_points).query("form == 'sigma_t'").iloc[0]
    assert row["fitted_ev"] == pytest.approx(fit["activation_energy_ev"], rel=1e-9)
    assert (row["reported_ev"], row["points"]) == (0.31, 4)
    assert row["difference_ev"] == pytest.approx(row["fitted_ev"] - 0.31)


def test_a_parameter_changes_the_answer():
    assert set(ask("formulas_with_element", "-p", "element=Hf")["formula"]).isdisjoint(
        set(ask("formulas_with_element", "-p", "element=Ge")["formula"])
    )


def test_the_list_says_how_each_query_is_run():
    result = CliRunner().invoke(make_app(), ["query", "--list", "--json"])
    usage = {row["name"]: row["run"] for row in json.loads(result.stdout)}
    assert usage.keys() == {query.name for query in list_queries()}
    assert usage["formulas_with_element"] == "sse-db query --saved formulas_with_element -p element=…"


def test_a_query_is_found_by_its_name_alone_and_with_hyphens():
    words = ["query", "best-conductors", "-f", "csv"]
    assert CliRunner().invoke(make_app(), words).stdout.startswith("sample_id,formula")
    with pytest.raises(NotFound, match="zzz") as refused:
        find_query("zzz")
    assert refused.value.hint == "list them with: sse-db query --list"


def test_a_misspelt_query_is_offered_by_its_name():
    with pytest.raises(NotFound) as refused:
        find_query("formula-with-element")
    assert refused.value.hint.startswith("did you mean formulas_with_element?")


@pytest.mark.parametrize(
    "words",
    [("best_conductors", "-p", "element=Ta"), ("SELECT 1", "--saved", "best_conductors"), (), ("SELECT 1", "-p", "x")],
    ids=["a parameter it does not take", "two queries", "no query", "a parameter without value"],
)
def test_words_that_do_not_fit_together_are_wrong_usage(words):
    result = CliRunner().invoke(make_app(), ["query", *words])
    assert result.exception.exit_code == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["-f", "csv", "-o", "rows.xlsx"], "rows.xlsx would hold csv"),
        (["-o", "no/such/folder/rows.csv"], "there is no folder"),
        (["-o", "rows.txt"], "unknown suffix"),
    ],
    ids=["another suffix", "no folder", "no format"],
)
def test_a_file_that_would_surprise_is_refused(words, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(make_app(), ["query", "SELECT 1", *words])
    assert isinstance(result.exception, WrongUsage)
    assert says in str(result.exception)
    assert list(tmp_path.iterdir()) == []
