"""Folders with more in them than papers: what is passed over, what is refused, and how structures are told apart."""

import os

from support.command_line import run

SHEET = "DOI,Sample,Formula,σ total (S/cm),T (°C)\n10.5555/one.1,A,Li7La3Zr2O12,1e-4,25\n"


def test_lock_files_and_hidden_folders_are_passed_over(tmp_path, blank_database):
    papers = tmp_path / "papers"
    for name in (".git/config.csv", ".ipynb_checkpoints/one-checkpoint.csv", "__MACOSX/one.csv", "a/.hidden/one.csv"):
        (papers / name).parent.mkdir(parents=True)
        (papers / name).write_text(SHEET.replace("one.1", "hidden.1"), encoding="utf-8")
    (papers / "~$paper.xlsx").write_bytes(b"\x05ada lovelace")
    (papers / "one.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "sse.db").write_bytes(blank_database.read_bytes())
    outcome = run(tmp_path, "import", "papers")
    assert outcome.returncode == 0
    assert "passed over, lock file of a spreadsheet program: ~$paper.xlsx" in outcome.stderr
    assert run(tmp_path, "query", "SELECT doi FROM publications", "-f", "csv").stdout.split() == [
        "doi",
        "10.5555/one.1",
    ]


def test_a_file_name_that_is_no_utf8_is_refused_by_name(tmp_path, blank_database):
    odd = os.fsencode(tmp_path) + b"/papers/lat\xfcn.csv"
    os.mkdir(os.path.dirname(odd))
    with open(odd, "wb") as stream:
        stream.write(SHEET.encode())
    (tmp_path / "sse.db").write_bytes(blank_database.read_bytes())
    for command in ("validate", "import"):
        outcome = run(tmp_path, command, "papers")
        assert outcome.returncode == 1
        assert r"lat\udcfcn.csv" in outcome.stdout
        assert "the name of the file is no UTF-8" in outcome.stdout
