"""The page for a new curator: it runs as it is written, and the annotated workbook says what the page says it says."""

import re

import openpyxl
import pytest
from support.tour import call, expected_code, read_steps

from etl.cells.quantities import read_quantity

PAGE = "docs/adding-a-paper.md"


@pytest.fixture
def page(root):
    return (root / PAGE).read_text(encoding="utf-8")


def run(page, folder, monkeypatch):
    monkeypatch.delenv("SSE_DB_URL", raising=False)
    monkeypatch.chdir(folder)
    names = {"__name__": "adding_a_paper"}
    for step in read_steps(page):
        if step.kind == "python":
            exec(compile(step.text, PAGE, "exec"), names)
            continue
        result = call(step.text)
        output = result.stdout + result.stderr
        assert result.returncode == expected_code(step.text), (step.text, output)
        for line in step.shown:
            assert line in output, (step.text, output)
    return names


def test_the_page_runs_and_its_slips_are_mended_from_the_comments_alone(page, tmp_path, monkeypatch):
    names = run(page, tmp_path, monkeypatch)
    assert len(names["slips"]) == len(names["mended"]) == 10
    marked = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    told = re.findall(r"^\| (\w+)!([A-Z]+[0-9]+) \| (.+?) \|", page, flags=re.MULTILINE)
    assert len(told) == 10
    for sheet, cell, words in told:
        assert words in marked[sheet][cell].comment.text
        assert marked[sheet][cell].fill.fgColor.rgb in ("FFFF9999", "FFFFE699")
    listed = {row[1].value for row in marked["Problems"].iter_rows(min_row=2)}
    assert {f"{sheet}!{cell}" for sheet, cell, _ in told} <= listed


COLUMNS = {"3.2e-4": "conductivity_s_per_cm", "1.2e-4": "conductivity_s_per_cm", "2 µm": "grain_size_um",
           "24.85 °C": "temperature_c", "3.2e-4 S/cm": "conductivity_s_per_cm", "0.2995 eV": "activation_energy_ev",
           "3.16e-4 S/cm": "conductivity_s_per_cm"}  # fmt: skip


def test_numbers_are_understood_as_the_page_says(page):
    rows = re.findall(r"^\| (`.+`.*?) \| (.+?) \|$", page, flags=re.MULTILINE)
    tried = 0
    for written, understood in rows:
        wanted = next((key for key in COLUMNS if re.match(rf"{re.escape(key)}($|,| with)", understood)), None)
        for text in re.findall(r"`(.+?)`", written) if wanted else ():
            assert read_quantity(text, COLUMNS[wanted]).value == pytest.approx(float(wanted.split()[0]), rel=2e-3)
            tried += 1
    assert tried == 12
