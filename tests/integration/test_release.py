"""A release is accepted by the judges of each format, equal for equal data, and comes with what it names."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import venv
from pathlib import Path

import pandas as pd
import pytest
from seeded import copy_seed, seed_path

from analysis.training_sets import frozen_training_sets
from sse_db.engine import open_engine
from sse_db.errors import WrongUsage
from sse_db.release import write_release

pytestmark = pytest.mark.validators


def release(path, folder, **options):
    engine = open_engine(str(path))
    try:
        return write_release(engine, folder, frozen_training_sets(engine), **options)
    finally:
        engine.dispose()


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    folder = tmp_path_factory.mktemp("release") / "out"
    release(seed_path(), folder)
    return folder


def test_the_files_are_those_of_the_interface(released):
    for name in ("sse.db", "datapackage.json", "croissant.json", "ro-crate-metadata.json", "references.bib", "references.json",
                 "CITATION.cff", "LICENSE", "SHA256SUMS", "audit.json", "data_dictionary.md", "optimade/structures.jsonl",
                 "data/samples.csv", "data/samples.parquet", "data/training_bulk.csv", "data/training_set_bulk.csv"):  # fmt: skip
        assert (released / name).is_file(), name


def test_the_same_database_gives_byte_identical_files(released, tmp_path):
    release(seed_path(), tmp_path / "again")
    first = {path.relative_to(released): path.read_bytes() for path in released.rglob("*") if path.is_file()}
    second = {
        path.relative_to(tmp_path / "again"): path.read_bytes()
        for path in (tmp_path / "again").rglob("*")
        if path.is_file()
    }
    assert first.keys() == second.keys()
    assert [str(name) for name in first if first[name] != second[name]] == []


def test_checksums_are_those_of_the_files(released):
    lines = (released / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    named = {line.split("  ", 1)[1]: line.split("  ", 1)[0] for line in lines}
    present = {path.relative_to(released).as_posix() for path in released.rglob("*") if path.is_file()}
    assert named.keys() == present - {"SHA256SUMS"}
    for name, digest in named.items():
        assert hashlib.sha256((released / name).read_bytes()).hexdigest() == digest


def test_frictionless_accepts_the_package_with_keys_and_references(released):
    from frictionless import validate

    report = validate(str(released / "datapackage.json"))
    problems = [(task.name, error.type, error.note) for task in report.tasks for error in task.errors]
    assert problems == []
    assert report.valid
    package = json.loads((released / "datapackage.json").read_text(encoding="utf-8"))
    samples = next(each for each in package["resources"] if each["name"] == "samples")
    assert {"fields": ["publication_id"], "reference": {"resource": "publications", "fields": ["id"]}} in samples[
        "schema"
    ]["foreignKeys"]


def test_frictionless_sees_a_dangling_reference(released, tmp_path):
    from frictionless import validate

    shutil.copytree(released, tmp_path / "spoilt")
    path = tmp_path / "spoilt" / "data" / "processing_steps.csv"
    frame = pd.read_csv(path)
    frame.loc[0, "sample_id"] = 99999
    frame.to_csv(path, index=False)
    assert not validate(str(tmp_path / "spoilt" / "datapackage.json")).valid


def test_mlcroissant_accepts_the_metadata_and_loads_the_records(released):
    code = (
        "import sys, mlcroissant as mlc; d = mlc.Dataset(sys.argv[1]); "
        "assert not d.metadata.ctx.issues.errors, d.metadata.ctx.issues.errors; "
        "rows = list(d.records('training_set_bulk')); print(len(rows), rows[0]['training_set_bulk/formula'].decode())"
    )
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, str(released / "croissant.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    assert result.stdout.split()[0] == "45"


def test_a_bibtex_parser_reads_exactly_the_publications_used(released):
    import bibtexparser

    entries = bibtexparser.loads((released / "references.bib").read_text(encoding="utf-8")).entries
    records = json.loads((released / "references.json").read_text(encoding="utf-8"))
    connection = sqlite3.connect(released / "sse.db")
    used = connection.execute(
        "SELECT count(*) FROM publications WHERE id IN (SELECT publication_id FROM samples UNION "
        "SELECT publication_id FROM structural_records)"
    ).fetchone()[0]
    connection.close()
    assert len(entries) == len(records) == used
    assert len({entry["ID"] for entry in entries}) == used


def test_the_crate_names_every_file(released):
    from rocrate.rocrate import ROCrate

    crate = ROCrate(str(released))
    named = {entity.id for entity in crate.data_entities}
    present = {path.relative_to(released).as_posix() for path in released.rglob("*") if path.is_file()}
    assert present - {"ro-crate-metadata.json", "SHA256SUMS"} <= named


def test_cffconvert_accepts_the_citation(released, tmp_path_factory):
    """The validator pins an old jsonschema that cannot live beside the others, so it gets an environment of its own."""
    home = Path(os.environ.get("SSE_DB_CFFCONVERT", tmp_path_factory.getbasetemp() / "cffconvert"))
    program = home / "bin" / "cffconvert"
    if not program.exists():
        venv.create(home, with_pip=True)
        install = [home / "bin" / "python", "-m", "pip", "install", "--quiet", "cffconvert==2.0.0"]
        if subprocess.run(install, capture_output=True, check=False).returncode:
            if os.environ.get("CI"):
                pytest.fail("cffconvert cannot be installed")
            pytest.skip("cffconvert cannot be installed without a package registry")
    result = subprocess.run(
        [program, "--validate", "-i", released / "CITATION.cff"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert "valid" in result.stdout


SERVER = """
import sys, threading, time, warnings
warnings.simplefilter("ignore")
from pathlib import Path
from optimade.server.config import ServerConfig
from optimade.server.create_app import create_app
import uvicorn
config = ServerConfig(insert_from_jsonl=Path(sys.argv[1]), insert_test_data=False, database_backend="mongomock",
                      provider={"prefix": "ssedb", "name": "sse-db", "description": "sse-db", "homepage": None})
server = uvicorn.Server(uvicorn.Config(create_app(config), port=0, log_level="error"))
threading.Thread(target=server.run, daemon=True).start()
while not server.started:
    time.sleep(0.05)
port = server.servers[0].sockets[0].getsockname()[1]
from optimade.validator import ImplementationValidator
validator = ImplementationValidator(base_url=f"http://127.0.0.1:{port}", verbosity=0)
validator.validate_implementation()
print("verdict", validator.valid, validator.results.success_count, validator.results.failure_messages)
server.should_exit = True
"""


def test_the_optimade_validator_accepts_what_optimade_python_tools_serves(released, tmp_path):
    lines = (released / "optimade" / "structures.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2 + 7
    environment = {**os.environ, "OPTIMADE_CONFIG_FILE": str(tmp_path / "none.json")}
    result = subprocess.run(
        [sys.executable, "-c", SERVER, str(released / "optimade" / "structures.jsonl")],
        capture_output=True, text=True, check=False, env=environment, timeout=200,
    )  # fmt: skip
    verdict = next((line for line in result.stdout.splitlines() if "verdict" in line), result.stderr[-2000:])
    assert "verdict True" in verdict


def test_training_sets_carry_frozen_folds_that_share_no_publication(released):
    frame = pd.read_csv(released / "data" / "training_set_bulk.csv")
    assert frame["fold_random"].between(1, 5).all()
    assert (frame.groupby("publication_id")["fold_by_publication"].nunique() == 1).all()


def test_reviewed_only_leaves_drafts_and_all_that_hangs_on_them_out(tmp_path):
    path = copy_seed(tmp_path)
    connection = sqlite3.connect(path)
    connection.execute(
        "UPDATE publications SET review_state = 'reviewed' WHERE id IN (SELECT publication_id FROM samples LIMIT 5)"
    )
    connection.commit()
    wanted = connection.execute(
        "SELECT count(*) FROM samples WHERE publication_id IN (SELECT id FROM publications WHERE review_state = 'reviewed')"
    ).fetchone()
    connection.close()
    release(path, tmp_path / "out", reviewed_only=True)
    connection = sqlite3.connect(tmp_path / "out" / "sse.db")
    assert connection.execute("SELECT count(*) FROM samples").fetchone() == wanted
    assert connection.execute("SELECT count(*) FROM publications WHERE review_state = 'draft'").fetchone() == (0,)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_a_folder_that_is_not_empty_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(WrongUsage, match="not an empty folder"):
        release(seed_path(), tmp_path)


def test_the_released_database_is_one(released):
    from sse_db import migrate

    engine = open_engine(str(released / "sse.db"))
    assert migrate.drift(engine) == []
    engine.dispose()
