"""Folders with more in them than papers: what is passed over, what is refused, and how structures are told apart."""

import os
import zipfile

import pytest
from support.command_line import run

SHEET = "DOI,Sample,Formula,σ total (S/cm),T (°C)\n10.5555/one.1,A,Li7La3Zr2O12,1e-4,25\n"


@pytest.mark.usefixtures("home")
def test_lock_files_and_hidden_folders_are_passed_over(tmp_path):
    papers = tmp_path / "papers"
    for name in (".git/config.csv", ".ipynb_checkpoints/one-checkpoint.csv", "__MACOSX/one.csv", "a/.hidden/one.csv"):
        (papers / name).parent.mkdir(parents=True)
        (papers / name).write_text(SHEET.replace("one.1", "hidden.1"), encoding="utf-8")
    (papers / "~$paper.xlsx").write_bytes(b"\x05ada lovelace")
    (papers / "one.csv").write_text(SHEET, encoding="utf-8")
    outcome = run(tmp_path, "import", "papers")
    assert outcome.returncode == 0
    assert "passed over, lock file of a spreadsheet program: ~$paper.xlsx" in outcome.stderr
    assert run(tmp_path, "query", "SELECT doi FROM publications", "-f", "csv").stdout.split() == [
        "doi",
        "10.5555/one.1",
    ]


@pytest.mark.usefixtures("home")
def test_a_file_name_that_is_no_utf8_is_refused_by_name(tmp_path):
    odd = os.fsencode(tmp_path) + b"/papers/lat\xfcn.csv"
    os.mkdir(os.path.dirname(odd))
    with open(odd, "wb") as stream:
        stream.write(SHEET.encode())
    for command in ("validate", "import"):
        outcome = run(tmp_path, command, "papers")
        assert outcome.returncode == 1
        assert r"lat\udcfcn.csv" in outcome.stdout
        assert "the name of the file is no UTF-8" in outcome.stdout


POSCAR = "LiCl in a cube\n{edge}\n1 0 0\n0 1 0\n0 0 1\nLi Cl\n1 1\ndirect\n0 0 0\n0.5 0.5 0.5\n"


def labels(folder):
    return run(folder, "query", "SELECT label FROM structural_records ORDER BY label", "-f", "csv").stdout.split()[1:]


@pytest.fixture
def here(tmp_path, home):
    return tmp_path


@pytest.mark.parametrize("name", ["POSCAR", "CONTCAR", "relaxed.vasp"])
def test_files_of_one_name_in_several_folders_are_told_apart(here, name):
    for run_number in range(3):
        folder = here / "runs" / f"T{run_number}"
        folder.mkdir(parents=True)
        (folder / name).write_text(POSCAR.format(edge=4 + run_number / 10))
    assert run(here, "import", "runs").returncode == 0
    stem = name.removesuffix(".vasp")
    assert labels(here) == [f"T{run_number}/{stem}" for run_number in range(3)]
    again = run(here, "import", "runs/T1")
    assert again.returncode == 0
    assert len(labels(here)) == 3


def test_files_of_one_name_in_folders_of_one_name_are_told_apart(here):
    for place in ("T1/start", "T1/end", "T2/start", "T2/end"):
        (here / "runs" / place).mkdir(parents=True)
        (here / "runs" / place / "POSCAR").write_text(POSCAR.format(edge=4))
    assert run(here, "import", "runs").returncode == 0
    assert labels(here) == ["T1/end/POSCAR", "T1/start/POSCAR", "T2/end/POSCAR", "T2/start/POSCAR"]


def test_links_to_nothing_and_empty_folders_are_told(here):
    (here / "papers").mkdir()
    assert "there is no file to read" in run(here, "import", "papers").stderr
    (here / "papers" / "gone.cif").symlink_to(here / "nowhere.cif")
    assert "passed over, no file, or a link to none: gone.cif" in run(here, "validate", "papers").stderr


def test_structures_of_an_archive_that_share_a_name_are_told_apart(here):
    with zipfile.ZipFile(here / "all.zip", "w") as archive:
        for place, edge in (("300K/LiCl.vasp", 4.0), ("600K/LiCl.vasp", 4.1), ("600K/other.vasp", 4.2)):
            archive.writestr(place, POSCAR.format(edge=edge))
        archive.writestr("__MACOSX/._LiCl.vasp", "x")
    assert run(here, "import", "all.zip").returncode == 0
    assert labels(here) == ["300K/LiCl.vasp", "600K/LiCl.vasp", "other"]


def test_an_archive_in_an_archive_is_told_and_so_is_what_was_not_read(here):
    with zipfile.ZipFile(here / "outer.zip", "w") as archive:
        archive.writestr("inner.zip", b"PK")
    outcome = run(here, "validate", "outer.zip")
    assert outcome.returncode == 1
    assert "it holds an archive, which is not opened: inner.zip" in outcome.stdout
    with zipfile.ZipFile(here / "outer.zip", "a") as archive:
        archive.writestr("LiCl.vasp", POSCAR.format(edge=4))
        archive.writestr("notes.txt", "made by hand")
    outcome = run(here, "validate", "outer.zip")
    assert outcome.returncode == 0
    assert "inner.zip" in outcome.stdout
    assert "files that are no structures: notes.txt" in outcome.stdout
