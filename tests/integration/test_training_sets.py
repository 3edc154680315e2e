"""Training sets as files: the columns of the interface, what stands beside them, and who may be left out."""

import hashlib
import json
import re
from functools import partial

import pandas as pd
import pytest
from support import homes, seed_counts
from support.engines import opened
from typer.testing import CliRunner

from analysis.data.targets import DESCRIPTOR_NAMES, TARGETS
from sse_db.cli.app import make_app
from sse_db.database.engine import resolve_url
from sse_db.query import run_query

READERS = {
    "csv": pd.read_csv, "parquet": pd.read_parquet, "xlsx": partial(pd.read_excel, engine="openpyxl"), "json": pd.read_json,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _seed(seed_url, monkeypatch):
    """The database of the commands, where a test names no other."""
    monkeypatch.setenv("SSE_DB_URL", seed_url)


def export(path, *words, database=None, target="bulk"):
    home = ["--db", database] if database else []
    words = [*home, "export", "training-set", "--target", target, "-o", path, *words]
    result = CliRunner().invoke(make_app(), [str(word) for word in words])
    assert result.exit_code == 0, result.stderr
    return json.loads(path.with_name(f"{path.name}.meta.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("suffix", READERS)
def test_every_format_holds_the_same_rows_in_the_columns_of_the_interface(tmp_path, suffix):
    path = tmp_path / f"bulk.{suffix}"
    export(path)
    frame = READERS[suffix](path)
    assert list(frame)[:4] == ["sample_id", "publication_id", "formula", "structure_class"]
    assert list(frame)[4:21] == DESCRIPTOR_NAMES
    assert {"log10_bulk_conductivity", "bulk_relation", "bulk_basis"} <= set(frame)
    assert len(frame) == seed_counts.TRAINING["bulk"]
    assert set(frame["bulk_relation"]) == {"="}
    assert frame["log10_bulk_conductivity"].between(-12, 0).all()


def test_the_description_names_units_sources_query_hash_and_version(tmp_path):
    described = export(tmp_path / "bulk.csv")
    frame = pd.read_csv(tmp_path / "bulk.csv")
    assert described["columns"].keys() == set(frame)
    assert all(column["meaning"] for column in described["columns"].values())
    assert described["columns"]["grain_size_um"]["unit"] == "µm"
    assert described["file"]["sha256"] == hashlib.sha256((tmp_path / "bulk.csv").read_bytes()).hexdigest()
    assert sum(source["samples"] for source in described["sources"]) == described["rows"] == len(frame)
    assert len(run_query(resolve_url(), described["query"]).rows) == len(frame)
    assert described["code_version"]


@pytest.mark.parametrize("suffix", READERS)
def test_descriptors_without_any_value_are_numbers_in_every_format(tmp_path, suffix):
    described = export(tmp_path / f"few.{suffix}", target="grain-boundary")
    frame = READERS[suffix](tmp_path / f"few.{suffix}")
    empty = [name for name, number in described["coverage"].items() if number == 0]
    assert {"additive_wt_percent", "li_coordination_number"} <= set(empty)
    assert frame[DESCRIPTOR_NAMES].apply(pd.api.types.is_numeric_dtype).all()
    assert described["coverage"] == frame[DESCRIPTOR_NAMES].notna().sum().to_dict()
    assert {described["columns"][name]["type"] for name in DESCRIPTOR_NAMES} == {"number"}
    assert described["columns"]["bulk_basis"]["type"] == "string"


def test_xgboost_takes_the_parquet_file_as_it_is(tmp_path):
    from xgboost import XGBRegressor

    export(tmp_path / "bulk.parquet")
    frame = pd.read_parquet(tmp_path / "bulk.parquet")
    XGBRegressor(n_estimators=1, n_jobs=1).fit(frame[DESCRIPTOR_NAMES], frame["log10_bulk_conductivity"])


def test_how_many_samples_have_each_descriptor_is_told_beside_the_export(tmp_path):
    words = ["export", "training-set", "--target", "bulk", "-o", tmp_path / "bulk.csv"]
    told = CliRunner().invoke(make_app(), [str(word) for word in words]).stderr
    assert re.search(rf"li_ratio +\d+ of {seed_counts.TRAINING['bulk']}", told)
    assert re.search(rf"li_coordination_number +3 of {seed_counts.TRAINING['bulk']}", told)
    assert "warning" not in told


def test_an_export_of_hardly_any_row_warns_and_keeps_its_types(tmp_path):
    words = ["export", "training-set", "-t", "grain_boundary", "-o", tmp_path / "one.parquet"]
    outcome = CliRunner().invoke(make_app(), [str(word) for word in words])
    assert outcome.exit_code == 0
    assert f"warning: too little to learn from: target grain-boundary: {seed_counts.SHORTAGE}" in outcome.stderr
    assert re.search(r"li_coordination_number +no value", outcome.stderr)
    assert pd.read_parquet(tmp_path / "one.parquet")[DESCRIPTOR_NAMES].dtypes.ne("object").all()


def test_the_same_data_have_the_same_hash_in_another_format(tmp_path):
    first, second = export(tmp_path / "a.csv"), export(tmp_path / "b.parquet")
    assert first["data_sha256"] == second["data_sha256"]


def test_folds_and_split_are_added_on_request_and_described(tmp_path):
    described = export(tmp_path / "bulk.csv", "--folds")
    frame = pd.read_csv(tmp_path / "bulk.csv")
    assert frame["fold_by_publication"].between(1, 5).all()
    assert described["columns"]["split"]["meaning"].startswith("train, or test")


def test_publications_in_draft_are_left_out_on_request(tmp_path, system):
    with homes.seeded(system, tmp_path / "own.db") as url, opened(url) as engine:
        address = url.render_as_string()
        assert export(tmp_path / "none.csv", "--reviewed-only", database=address)["rows"] == 0
        with engine.begin() as connection:
            publication = connection.exec_driver_sql("SELECT min(publication_id) FROM training_bulk").scalar_one()
            connection.exec_driver_sql(f"UPDATE publications SET review_state = 'reviewed' WHERE id = {publication}")
        described = export(tmp_path / "one.csv", "--reviewed-only", database=address)
    assert [source["publication_id"] for source in described["sources"]] == [publication]
    assert described["rows"] == described["sources"][0]["samples"] > 0


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_can_be_exported_with_folds_however_few_rows_it_has(tmp_path, name):
    path = tmp_path / "set.csv"
    words = ["export", "training-set", "--target", name, "-o", path, "--folds"]
    assert CliRunner().invoke(make_app(), [str(word) for word in words]).exit_code == 0
    assert "split" in pd.read_csv(path)
