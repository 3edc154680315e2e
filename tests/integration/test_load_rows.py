"""Loading: what a file brings lands once, completely, or not at all."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from support.intakes import composition, make_intake, measurement, publication, sample, step, structure
from support.logical_dump import exact_dump, logical_dump

from etl.loading.load import load_intake
from etl.loading.undo import undo_batch
from sse_db.errors import RefusedFile, WrongUsage

LLZO = "Li7La3Zr2O12"


def count(engine, table):
    with engine.connect() as connection:
        return connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one()


def one(engine, sql):
    with engine.connect() as connection:
        return connection.execute(sa.text(sql)).mappings().one()


def paper(**values):
    source = publication(title="A garnet", year=2020)
    body = sample(source, formula=LLZO, **values)
    return [source, composition(LLZO), body, step(body, temperature_c=1100.0), measurement(body)]


def load(engine, *drafts, name="paper.csv", **options):
    return load_intake(engine, make_intake(*drafts, name=name), curator="ada", **options)


def flat(drafts):
    return [draft for each in drafts for draft in (each if isinstance(each, list) else [each])]


def test_a_file_lands_in_all_its_tables(engine):
    report = load(engine, *paper())
    assert report.added == {
        "publications": 1, "compositions": 1, "composition_elements": 4, "samples": 1, "processing_steps": 1,
        "impedance_measurements": 1,
    }  # fmt: skip
    assert one(engine, "SELECT conductivity_s_per_cm AS value FROM impedance_measurements")["value"] == 1e-4


def test_import_twice_changes_nothing(engine):
    load(engine, *paper())
    before, logged = exact_dump(engine), count(engine, "change_log")
    again = load(engine, *paper())
    assert again.id is None
    assert (again.added, again.changed) == ({}, {})
    assert again.unchanged["impedance_measurements"] == 1
    assert exact_dump(engine) == before
    assert count(engine, "change_log") == logged
    assert count(engine, "import_batches") == 1


def test_every_row_and_every_log_entry_knows_its_batch(engine):
    report = load(engine, *paper())
    with engine.connect() as connection:
        for table in ("samples", "impedance_measurements", "composition_elements", "change_log"):
            batches = connection.execute(sa.text(f"SELECT DISTINCT batch_id FROM {table}")).scalars().all()
            assert batches == [report.id]
    assert count(engine, "current_batch") == 0


def test_a_trial_run_reports_the_same_and_writes_nothing(engine):
    trial = load(engine, *paper(), dry_run=True)
    assert trial.id is None
    assert count(engine, "samples") == count(engine, "import_batches") == count(engine, "change_log") == 0
    assert trial.added == load(engine, *paper()).added


def test_a_missing_temperature_equals_a_missing_one(engine):
    source = publication()
    body = sample(source)
    drafts = [source, body, measurement(body, temperature=None)]
    load(engine, *drafts)
    assert load(engine, *drafts).id is None
    assert count(engine, "impedance_measurements") == 1


def test_a_blank_inherits(engine):
    load(engine, *paper(grain_size_um=3.5))
    assert load(engine, *paper()).id is None
    assert one(engine, "SELECT grain_size_um FROM samples")["grain_size_um"] == 3.5


def test_a_blank_in_the_database_is_filled_without_conflict(engine):
    load(engine, *paper())
    report = load(engine, *paper(grain_size_um=3.5))
    assert report.changed == {"samples": 1}
    row = one(engine, "SELECT grain_size_um, batch_id FROM samples")
    assert row == {"grain_size_um": 3.5, "batch_id": 1}


def test_other_provenance_of_an_equal_value_is_a_change(engine):
    source = publication()
    body = sample(source)
    load(engine, source, body, measurement(body, source_location="Table 1"))
    report = load(engine, source, body, measurement(body, source_location="Table S1"))
    assert report.changed == {"impedance_measurements": 1}
    assert one(engine, "SELECT source_location FROM impedance_measurements")["source_location"] == "Table S1"


def test_rounding_in_the_last_digit_is_no_change(engine):
    source = publication()
    body = sample(source)
    load(engine, source, body, measurement(body, 0.1 + 0.2))
    assert load(engine, source, body, measurement(body, 0.3)).id is None


def test_another_value_refuses_the_file_and_names_cell_and_both_values(engine):
    load(engine, *paper(grain_size_um=3.5))
    before = exact_dump(engine)
    with pytest.raises(RefusedFile) as refused:
        load(engine, *paper(grain_size_um=4.5), publication("10.1000/new"))
    [problem] = refused.value.problems
    assert (problem.code, problem.cell, problem.value) == ("conflict", "C2", "4.5")
    assert "grain_size_um is 3.5 in the database, 4.5 here" in problem.message
    assert "10.1000/x · A" in problem.message
    assert "--on-conflict" in problem.hint
    assert exact_dump(engine) == before


def test_a_disputed_composition_is_told_in_formulas(engine):
    load(engine, *paper())
    source = publication()
    with pytest.raises(RefusedFile) as refused:
        load(engine, source, composition("Li3N"), sample(source, formula="Li3N"))
    messages = [problem.message for problem in refused.value.problems]
    assert any("composition_id is Li7La3Zr2O12 in the database, Li3N here" in message for message in messages)


def test_skip_keeps_the_old_value_and_takes_the_rest(engine):
    load(engine, *paper(grain_size_um=3.5))
    source = publication()
    other = sample(source, "B")
    report = load(engine, *paper(grain_size_um=4.5), other, on_conflict="skip")
    assert (report.skipped, report.added) == ({"samples": 1}, {"samples": 1})
    assert [doubt.severity for doubt in report.doubts] == ["doubt"]
    assert one(engine, "SELECT grain_size_um FROM samples WHERE label = 'A'")["grain_size_um"] == 3.5


def test_update_writes_the_new_value_and_the_log_keeps_the_old(engine):
    load(engine, *paper(grain_size_um=3.5))
    report = load(engine, *paper(grain_size_um=4.5), on_conflict="update")
    assert report.changed == {"samples": 1}
    row = one(engine, "SELECT grain_size_um, batch_id FROM samples")
    assert row == {"grain_size_um": 4.5, "batch_id": 1}
    sql = "SELECT CAST(json_extract(before, '$.grain_size_um') AS REAL) AS old, batch_id FROM change_log WHERE action = 'update'"
    assert one(engine, sql) == {"old": 3.5, "batch_id": report.id}
    assert load(engine, *paper(grain_size_um=4.5)).id is None


def test_an_unknown_way_with_conflicts_is_wrong_usage(engine):
    with pytest.raises(WrongUsage, match="overwrite"):
        load(engine, *paper(), on_conflict="overwrite")


@pytest.mark.parametrize("first", ["with DOI", "without DOI"])
def test_a_publication_with_and_without_doi_is_one(engine, first):
    known = publication("10.1000/x", "On garnets", 2020)
    unknown = publication(None, "On  Garnets", 2020)
    files = [known, unknown] if first == "with DOI" else [unknown, known]
    for source in files:
        load(engine, source, sample(source))
    assert one(engine, "SELECT doi FROM publications")["doi"] == "10.1000/x"
    assert count(engine, "samples") == 1
    assert all(load(engine, source, sample(source)).id is None for source in files)


def test_a_publication_named_in_two_ways_in_one_file_is_one(engine):
    known, unknown = publication("10.1000/x", "On garnets", 2020), publication(None, "On garnets", 2020)
    drafts = [unknown, known, sample(unknown, "A"), sample(known, "B"), sample(known, "A")]
    load(engine, *drafts)
    assert (count(engine, "publications"), count(engine, "samples")) == (1, 2)
    assert load(engine, *drafts).id is None


def test_two_values_of_one_row_in_one_file_refuse_it(engine):
    known, unknown = publication("10.1000/x", "On garnets", 2020), publication(None, "On garnets", 2020)
    with pytest.raises(RefusedFile) as refused:
        load(engine, known, unknown, sample(unknown, grain_size_um=1.0), sample(known, grain_size_um=2.0))
    assert [problem.code for problem in refused.value.problems] == ["disagreement"]


def test_a_title_that_two_publications_share_is_refused(engine):
    load(engine, publication("10.1000/x", "Correction", 2020), publication("10.1000/y", "Correction", 2020))
    with pytest.raises(RefusedFile) as refused:
        load(engine, publication(None, "Correction", 2020))
    [problem] = refused.value.problems
    assert (problem.code, problem.hint) == ("ambiguous-publication", "give the DOI")


def test_an_existing_composition_keeps_its_formula(engine):
    load(engine, *paper())
    other = publication("10.1000/y")
    load(engine, other, composition("Li14La6Zr4O24"), sample(other, formula="Li14La6Zr4O24"))
    assert count(engine, "compositions") == 1
    assert one(engine, "SELECT formula FROM compositions")["formula"] == LLZO


def test_parents_are_found_in_the_database(engine):
    drafts = flat(paper())
    load(engine, *drafts)
    body = next(draft for draft in drafts if draft.table == "samples")
    load(engine, measurement(body, 2e-4, temperature=50.0))
    assert count(engine, "impedance_measurements") == 2


def test_a_parent_that_is_nowhere_is_a_problem_with_a_cell(engine):
    with pytest.raises(RefusedFile) as refused:
        load(engine, measurement(sample(publication()), 2e-4))
    [problem] = refused.value.problems
    assert problem.code == "unknown-parent"
    assert "neither in this file nor in the database" in problem.message
    assert problem.cell == "E2"


REFUSED = {
    "a limit of a column": ({"grain_size_um": 1e6}, "grain_size_um", "B2"),
    "a word that is none": ({"structure_class": "diamond"}, "structure_class", "B2"),
    "an additive that is absent and weighed": (
        {"additive_present": 0, "additive_wt_percent": 3.0}, "said to be absent", "C2"
    ),
    "bounds the wrong way round": (
        {"grain_size_lower_um": 5.0, "grain_size_upper_um": 1.0}, "lower end of the grain size", "B2"
    ),
    "a number too long to store": ({"additive_present": 2**70}, "too large", "A2"),
}  # fmt: skip


@pytest.mark.parametrize(("values", "message", "cell"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("road", ["new row", "changed row"])
def test_what_the_schema_refuses_is_told_with_its_cell(engine, values, message, cell, road):
    source = publication()
    if road == "changed row":
        load(engine, source, sample(source))
    before = exact_dump(engine)
    with pytest.raises(RefusedFile) as refused:
        load(engine, source, sample(source, **values), sample(source, "good"))
    [problem] = refused.value.problems
    assert message in problem.message
    assert problem.cell == cell
    assert exact_dump(engine) == before


def test_an_unknown_element_is_refused(engine):
    drafts = composition("Li3N")
    drafts[1].values["element"] = "Xx"
    with pytest.raises(RefusedFile) as refused:
        load(engine, drafts)
    assert "unknown element" in refused.value.problems[0].message


WAITING = {"awaits_doi": "10.1000/x", "awaits_sample_label": "A"}


@pytest.mark.parametrize("order", ["structure first", "sample first", "together"])
def test_a_structure_links_to_the_sample_it_awaits(engine, order):
    source = publication()
    files = [[structure(**WAITING)], [source, sample(source)]]
    files = {"structure first": files, "sample first": files[::-1], "together": [files[0] + files[1]]}[order]
    reports = [load(engine, *drafts) for drafts in files]
    assert one(engine, "SELECT sample_id FROM structural_records")["sample_id"] == 1
    assert all(load(engine, *drafts).id is None for drafts in files)
    if order == "structure first":
        assert reports[-1].changed == {"structural_records": 1}
        undo_batch(engine, reports[-1].id, curator="ada")
        assert one(engine, "SELECT sample_id FROM structural_records")["sample_id"] is None


@pytest.mark.parametrize(
    ("awaited", "labels", "linked"),
    [
        ("SL\u22121", ["SL-1"], 1),
        ("SL-1", ["SL\u20111"], 1),
        ("SL-1", ["SL 1"], None),
        ("SL-1", ["SL\u20111", "SL-1"], 2),
    ],
    ids=["minus", "hard hyphen", "blank is another", "the exact one first"],
)
def test_a_waiting_structure_knows_its_sample_in_any_spelling(engine, awaited, labels, linked):
    source = publication()
    load(engine, structure(awaits_doi="10.1000/x", awaits_sample_label=awaited))
    load(engine, source, *(sample(source, label) for label in labels))
    assert one(engine, "SELECT sample_id FROM structural_records")["sample_id"] == linked


def test_the_order_of_files_does_not_matter(make_engine):
    garnet, other = publication("10.1000/x", "On garnets", 2020), publication(None, "On garnets", 2020)
    files = [
        [structure(**WAITING), composition(LLZO)],
        [garnet, composition(LLZO), sample(garnet, "A", LLZO)],
        [other, sample(other, "B"), measurement(sample(other, "B"))],
    ]
    dumps = []
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        engine = make_engine()
        for place in order:
            load(engine, *files[place])
        dumps.append(logical_dump(engine))
    assert dumps[0] == dumps[1] == dumps[2]
