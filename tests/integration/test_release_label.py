"""A release says whose it is: title, version, authors and DOI, the same in every file that tells how to cite it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
import yaml
from support.intakes import composition, make_intake, measurement, publication, sample
from typer.testing import CliRunner

from etl.loading.load import load_intake
from sse_db.cli.app import make_app
from sse_db.release import Author, Label, read_author, write_release

pytestmark = pytest.mark.validators

OWN = Label(
    "Garnets of our group", "2026.11", (Author("Lovelace", "Ada"), Author("The Garnet Team")), "10.5281/zenodo.12"
)


@pytest.fixture
def filled(engine: sa.Engine) -> sa.Engine:
    article = publication()
    pellet = sample(article, "A", "Li7La3Zr2O12")
    load_intake(
        engine, make_intake(article, composition("Li7La3Zr2O12"), pellet, measurement(pellet)), curator="tester"
    )
    return engine


def release(engine: sa.Engine, folder: Path, label: Label | None) -> Path:
    write_release(engine, folder, lambda _: {}, label=label)
    return folder


def read(folder: Path) -> dict[str, dict]:
    names = {"package": "datapackage.json", "croissant": "croissant.json", "crate": "ro-crate-metadata.json"}
    read = {name: json.loads((folder / file).read_text(encoding="utf-8")) for name, file in names.items()}
    read["crate"] = {each["@id"]: each for each in read["crate"]["@graph"]}
    return read | {"citation": yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))}


def test_all_files_name_title_version_authors_and_doi(filled, tmp_path):
    told = read(release(filled, tmp_path / "out", OWN))
    citation, package, croissant, crate = (told[name] for name in ("citation", "package", "croissant", "crate"))
    assert citation["authors"] == [{"family-names": "Lovelace", "given-names": "Ada"}, {"name": "The Garnet Team"}]
    assert (citation["title"], citation["version"], citation["doi"]) == (OWN.title, OWN.version, OWN.doi)
    assert [each["title"] for each in package["contributors"]] == ["Ada Lovelace", "The Garnet Team"]
    assert (package["title"], package["version"], package["id"]) == (OWN.title, OWN.version, OWN.url)
    assert [(each["@type"], each["name"]) for each in croissant["creator"]] == [
        ("sc:Person", "Ada Lovelace"),
        ("sc:Organization", "The Garnet Team"),
    ]
    assert (croissant["alternateName"], croissant["version"], croissant["url"]) == (OWN.title, OWN.version, OWN.url)
    year = croissant["datePublished"][:4]
    assert croissant["citeAs"] == (
        f"Lovelace, Ada; The Garnet Team: Garnets of our group, version 2026.11, {year}, https://doi.org/10.5281/zenodo.12"
    )
    root = crate["./"]
    assert (root["name"], root["version"], root["identifier"]) == (OWN.title, OWN.version, OWN.url)
    assert [crate[each["@id"]]["name"] for each in root["author"]] == ["Ada Lovelace", "The Garnet Team"]


def test_without_a_word_a_release_is_of_the_developers(filled, tmp_path):
    told = read(release(filled, tmp_path / "out", None))
    assert told["citation"]["authors"] == [{"name": "The sse-db developers"}]
    assert told["croissant"]["creator"]["name"] == "The sse-db developers"
    assert not {"doi"} & told["citation"].keys()
    assert not {"contributors", "id"} & told["package"].keys()
    assert not {"author", "identifier"} & told["crate"]["./"].keys()


def test_the_same_label_gives_the_same_bytes(filled, tmp_path):
    first, second = (release(filled, tmp_path / name, OWN) / "SHA256SUMS" for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()


def test_the_judges_accept_a_label_of_ones_own(filled, tmp_path):
    from frictionless import Package
    from rocrate.rocrate import ROCrate

    folder = release(filled, tmp_path / "out", OWN)
    package = Package(str(folder / "datapackage.json"))
    assert [each["title"] for each in package.contributors] == ["Ada Lovelace", "The Garnet Team"]
    assert [person["name"] for person in ROCrate(str(folder)).root_dataset["author"]] == [
        "Ada Lovelace",
        "The Garnet Team",
    ]
    program = Path(sys.prefix) / "judges" / "bin" / "cffconvert"
    if program.exists():
        subprocess.run([program, "--validate", "-i", folder / "CITATION.cff"], check=True, capture_output=True)


CROISSANT = """
import socket, sys
def refuse(*_words, **_options):
    raise OSError("no network in tests")
socket.socket.connect = refuse
import mlcroissant as mlc
metadata = mlc.Dataset(sys.argv[1]).metadata
assert not metadata.ctx.issues.errors, metadata.ctx.issues.errors
print([person.name for person in metadata.creators], metadata.version)
"""


def test_mlcroissant_reads_the_authors(filled, tmp_path):
    folder = release(filled, tmp_path / "out", OWN)
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CROISSANT, str(folder / "croissant.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    assert "['Ada Lovelace', 'The Garnet Team']" in result.stdout


@pytest.mark.parametrize("text", ["", " , Ada", "Lovelace,", ","])
def test_what_is_no_author_is_refused_before_anything_is_written(filled, tmp_path, text):
    words = ["--db", filled.url.render_as_string(), "export", "release", str(tmp_path / "out"), "--author", text]
    result = CliRunner().invoke(make_app(), words)
    assert result.exit_code != 0
    assert not (tmp_path / "out").exists()


def test_authors_are_read_as_family_and_given_name():
    assert read_author(" van der Waals , Johannes Diderik") == Author("van der Waals", "Johannes Diderik")
    assert read_author("The Garnet Team") == Author("The Garnet Team")
