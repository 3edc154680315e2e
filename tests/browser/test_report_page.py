"""The report of the seed and of a full database: every figure of the paper as a file, and the page in a real browser."""

import json
import re
import shutil
import struct
from pathlib import Path

import pandas as pd
import pytest
from support import seed_counts
from support.browser import open_browser
from support.recomputed import altered_cell, altered_text, numeric_columns, read_scripts, read_sources
from support.reports import report_of

from analysis.figures.base import print_number
from analysis.report.sections import SECTIONS

pytestmark = pytest.mark.timeout(900)  # two whole reports are written by whichever tests come first
PAPER_FIGURES = (
    "figure_1", "figure_2", "figure_3", "figure_4a", "figure_4b", "figure_4c", "figure_5a", "figure_5b", "figure_5c", "figure_6a",
    "figure_6b", "figure_6c", "figure_6d", "figure_7a", "figure_7b", "figure_7c", "figure_7d", "figure_8a", "figure_8b", "figure_8c",
    "figure_8d", "figure_s1",
)  # fmt: skip
NEEDS_GRAIN_SIZES = {
    "figure_6b",
    "figure_6c",
    "figure_6d",
    "figure_7b",
    "figure_7d",
    "figure_s1",
}
FACTS = (
    "publications", "limits", "NASICON", "series", "compared", "median_difference_ev_sigma", "median_spread", "compositions",
    "grain_size", "correlation", "by_variance", "by_prediction", "alone", "points", "all_samples", "mapped", "stress", "slope", "p",
)  # fmt: skip
"""Numbers in results.json that are in no table."""
STATED = ("n", "points", "series", "outliers", "mapped", "all_samples", "seeds", "slope", "p")
DOTS_PER_METRE = 300 / 0.0254
TABLES = """() => {
    const longest = cell => {
        const style = getComputedStyle(cell), ink = document.createElement('canvas').getContext('2d');
        const room = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
        const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), wide = [0];
        while (texts.nextNode()) {
            ink.font = getComputedStyle(texts.currentNode.parentElement).font;
            wide.push(...texts.currentNode.data.split(/[\\s-]+/).map(word => ink.measureText(word).width));
        }
        return Math.max(...wide) + room;
    };
    return [...document.querySelectorAll('main table')].map(table => ({
        section: table.closest('section').id,
        boxed: table.parentElement.matches('.scroll') && getComputedStyle(table.parentElement).overflowX === 'auto',
        hidden: table.parentElement.scrollWidth - table.parentElement.clientWidth,
        squeezed: [...table.querySelectorAll('th, td')]
            .filter(cell => cell.scrollWidth > cell.clientWidth + 1 || longest(cell) > cell.getBoundingClientRect().width + 1)
            .map(cell => cell.innerText),
    }));
}"""
"""Of each table: whether it scrolls in a box of its own, pixels that scrolling would show, and cells with a broken word."""
ALL_DRAWN = (
    "document.querySelectorAll('[data-figure]').length === document.querySelectorAll('[data-figure] svg').length"
)


def results_of(name):
    return json.loads((report_of(name).page.parent / "results.json").read_text(encoding="utf-8"))


def read_page(name):
    """What the page holds beside scripts and styles."""
    page = report_of(name).page.read_text(encoding="utf-8")
    return re.sub(r"<(script|style)\b.*?</\1>|<svg\b.*?</svg>", "", page, flags=re.DOTALL)


@pytest.fixture(scope="module")
def browser():
    with open_browser() as found:
        yield found


@pytest.fixture
def open_page(browser):
    """A function that opens a report and gives the page, its complaints and its requests."""
    contexts = []

    def open_report(name, *, width=1280, scheme="light", media="screen"):
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        complaints, requests = [], []
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(report_of(name).page.as_uri())
        page.emulate_media(media=media, color_scheme=scheme)
        page.wait_for_function(ALL_DRAWN)
        return page, complaints, requests

    yield open_report
    for context in contexts:
        context.close()


@pytest.mark.parametrize("figure", PAPER_FIGURES)
def test_a_full_database_has_every_figure_of_the_paper(figure):
    folder = report_of("simulated").page.parent / "figures"
    assert (folder / f"{figure}.svg").read_text(encoding="utf-8").startswith("<svg")
    picture = (folder / f"{figure}.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    across, _, unit = struct.unpack(">IIB", picture[picture.index(b"pHYs") + 4 :][:9])
    assert (round(across), unit) == (round(DOTS_PER_METRE), 1)


def test_a_full_database_lacks_no_figure_and_a_small_one_says_in_one_sentence_what_is_missing():
    lacking = [each["name"] for each in results_of("simulated")["figures"] if each["missing"]]
    assert lacking == ["temperature_total"], "bulk and grain boundary are simulated, no total"
    missing = {each["name"]: each["missing"] for each in results_of("seed")["figures"] if each["missing"]}
    assert set(missing) >= NEEDS_GRAIN_SIZES
    assert all(sentence.endswith(".") and not sentence.endswith("..") for sentence in missing.values())
    assert "Not evaluated" in missing["figure_6b"]
    assert any(f"grain-boundary: {seed_counts.SHORTAGE}" in sentence for sentence in results_of("seed")["shortages"])


def test_captions_say_how_many_samples_which_folds_and_seed(open_page):
    page, _, _ = open_page("simulated")
    for name in ("figure_6a", "figure_6d", "figure_7a", "figure_7d", "figure_s1"):
        caption = page.inner_text(f"#{name} figcaption")
        assert re.search(r"n = 96", caption), caption
        assert "random folds" in caption
        assert "seed 0" in caption
    assert "normalised stress" in page.inner_text("#figure_5a figcaption")
    assert "437" in page.inner_text("#figure_2 figcaption")


@pytest.mark.parametrize("name", ["seed", "simulated"])
def test_captions_state_the_numbers_that_the_results_hold(name):
    captions = dict(re.findall(r'<figure id="(\w+)".*?<figcaption>(.*?)<span', read_page(name), flags=re.DOTALL))
    for figure in results_of(name)["figures"]:
        numbers = {key: value for key, value in figure.get("numbers", {}).items() if key in STATED}
        printed = [print_number(value) if key in ("slope", "p") else f"{value:.4g}" for key, value in numbers.items()]
        stated = re.findall(r"[−\d.]*\d(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?", captions.get(figure["name"], ""))
        assert set(printed) <= set(stated), figure["name"]


@pytest.mark.parametrize("name", ["seed", "simulated"])
def test_indices_powers_and_units_are_typeset_on_the_page_and_in_every_drawing(name):
    folder = report_of(name).page.parent / "figures"
    drawn = {path.stem: re.findall(r">([^<>]+)</text>", path.read_text("utf-8")) for path in folder.glob("*.svg")}
    assert not re.search(r"log10|[σhR]_|\^tot|°c\b", re.sub(r"<[^>]+>", "", read_page(name)))
    for labels in drawn.values():
        assert not re.search(r"log10|[σhR]_|\^tot|°c\b|\d[eE][-+−]\d", " ".join(labels))
    assert "Predicted log₁₀ bulk σ (S/cm)" in drawn["figure_6a"]
    assert {"10⁻³", "Bulk conductivity σ (S/cm)"} <= set(drawn["figure_4a"])


def test_the_numbers_of_a_full_database_are_those_that_were_simulated():
    results = results_of("simulated")
    assert (results["summary"]["samples"], results["summary"]["publications"], results["summary"]["measurements"]) == (
        96,
        19,
        437,
    )
    assert results["activation_energies"]["compared"] > 40
    assert results["activation_energies"]["median_difference_ev_sigma_t"] < 1e-3
    assert 0.02 < results["activation_energies"]["median_difference_ev_sigma"] < 0.03
    table = pd.read_csv(report_of("simulated").page.parent / "grain_size.csv")
    assert set(table["target"]) == {"bulk", "grain-boundary"}
    assert set(table["prediction"]) >= {"direct", "divided", "recovered"}


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", ["seed", "simulated"])
def test_the_page_is_drawn_without_network_and_console_errors(open_page, name, width, scheme):
    page, complaints, requests = open_page(name, width=width, scheme=scheme)
    assert complaints == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
    assert (
        page.evaluate(
            "[...document.querySelectorAll('.chart')].filter(each => each.scrollWidth > each.clientWidth + 1).length"
        )
        == 0
    ), "a chart is cut off"
    assert page.locator("main > section").count() == len(SECTIONS) + 1


@pytest.mark.browser
@pytest.mark.parametrize("name", ["seed", "simulated"])
def test_every_table_is_seen_whole_on_a_desktop_and_scrolls_in_its_box_on_a_phone_and_no_word_is_broken(
    open_page, name
):
    page, _, _ = open_page(name)
    for width in (1280, 1261, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        tables = page.evaluate(TABLES)
        assert len(tables) > 20
        assert [table for table in tables if not table["boxed"] or table["squeezed"]] == [], width
        assert width < 1024 or [table for table in tables if table["hidden"] > 0] == [], width
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width


@pytest.mark.browser
def test_text_of_page_and_charts_stands_out_in_light_dark_and_print(open_page):
    contrast = """() => {
        const bright = colour => {
            const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
                .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const card = bright(getComputedStyle(document.querySelector('figure')).backgroundColor);
        const of = (selector, name) => [...document.querySelectorAll(selector)].map(each => bright(getComputedStyle(each)[name]))
            .map(ink => (Math.max(ink, card) + 0.05) / (Math.min(ink, card) + 0.05));
        return Math.min(...of('.chart text', 'fill'), ...of('figcaption', 'color'), ...of('td', 'color'));
    }"""
    for scheme, media in (("light", "screen"), ("dark", "screen"), ("dark", "print")):
        page, _, _ = open_page("simulated", scheme=scheme, media=media)
        assert page.evaluate(contrast) > 4.5, (scheme, media)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.browser
def test_the_page_prints_without_a_cut_table_or_chart(open_page):
    page, complaints, _ = open_page("simulated", scheme="dark", media="print")
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.set_viewport_size({"width": 690, "height": 1000})  # A4 without margins at 96 dpi
    wide = "each => each.getBoundingClientRect().right > window.innerWidth + 1"
    assert (
        page.evaluate(f"[...document.querySelectorAll('main table, main figure, .chart svg')].filter({wide}).length")
        == 0
    )
    assert complaints == []


@pytest.mark.browser
def test_a_point_tells_sample_formula_and_doi(open_page):
    page, _, _ = open_page("simulated")
    page.locator("#figure_8a .mark-symbol.role-mark path").first.hover()
    page.wait_for_function("document.querySelector('#vg-tooltip-element.visible') !== null")
    told = page.inner_text("#vg-tooltip-element")
    assert "Sample" in told
    assert "DOI" in told
    assert "10.5555/simulated." in told
    assert re.search(r"Formula:?\s*Li", told)


@pytest.mark.browser
def test_a_click_on_the_legend_fades_the_others(open_page):
    page, _, _ = open_page("simulated")
    faded = "[...document.querySelectorAll('#figure_8a .mark-symbol.role-mark path')].filter(each => each.getAttribute('opacity') < 0.1).length"
    assert page.evaluate(faded) == 0
    page.locator("#figure_8a .role-legend-label text", has_text="garnet").click()
    page.wait_for_function(f"{faded} > 0")
    assert page.evaluate(faded) < 96


@pytest.mark.browser
def test_the_wheel_zooms_with_ctrl_and_scrolls_the_page_without(open_page):
    page, _, _ = open_page("simulated")
    ticks = "[...document.querySelectorAll('#figure_8c .role-axis-label text')].map(each => each.textContent).join()"
    before = page.evaluate(ticks)
    for key in (None, "Control"):
        assert page.evaluate(ticks) == before
        plot = page.locator("#figure_8c svg")
        plot.scroll_into_view_if_needed()
        box = plot.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 3)
        if key:
            page.keyboard.down(key)
        page.mouse.wheel(0, -300)
        page.wait_for_timeout(200)
    page.wait_for_function(f"{ticks} !== {json.dumps(before)}")


@pytest.mark.browser
@pytest.mark.parametrize("name", ["seed", "simulated"])
def test_contents_and_links_lead_somewhere(open_page, name):
    page, _, _ = open_page(name)
    assert "Median" in page.inner_text("body")
    for link in page.locator("a[href]").all():
        target = link.get_attribute("href")
        if target.startswith("#"):
            assert page.locator(target).count() == 1
        elif not target.startswith(("http", "data:")):
            assert (report_of(name).page.parent / target).is_file(), target


def test_every_number_is_recomputed_by_the_scripts_of_the_documentation(root, monkeypatch):
    monkeypatch.chdir(report_of("seed").page.parent.parent)
    scripts = read_scripts(root / "docs" / "recomputing.md")
    assert len(scripts) == 20
    assert max(len(script.lines) for script in scripts) <= 27
    for script in scripts:
        if not (script.reads("limits_predictions.csv") and results_of("seed")["limit_treatments"] == []):
            script.compare()


def test_a_script_notices_one_altered_number_in_any_result_file_of_a_report(root, tmp_path, monkeypatch):
    folder = Path(shutil.copytree(report_of("simulated").page.parent, tmp_path / "report", ignore=leave_pictures))
    monkeypatch.chdir(tmp_path)
    page = root / "docs" / "recomputing.md"
    scripts = [script for script in read_scripts(page) if not script.reads("limits_predictions.csv")]
    *recomputing, comparing_page = scripts
    assert not any(script.notices() for script in scripts)
    tables = [path for path in sorted(folder.glob("*.csv")) if path.name not in read_sources(page)]
    assert len(tables) >= 8
    for path in tables:
        scripts = [script for script in recomputing if not script.reads("figures/{")]
        for column in numeric_columns(path):
            with altered_cell(path, column):
                assert is_noticed(scripts, path.name, column), (path.name, column)
    results = (folder / "results.json").read_text(encoding="utf-8")
    drawn = [each for each in json.loads(results)["figures"] if each.get("table")]
    assert len(drawn) == len(list(folder.glob("figures/*.csv")))
    scripts = [script for script in recomputing if script.reads("figures/{")]
    for figure in drawn:
        (folder / "results.json").write_text(json.dumps({"figures": [figure]}), encoding="utf-8")
        path = folder / "figures" / f"{figure['name']}.csv"
        column = numeric_columns(path)[-1]
        with altered_cell(path, column):
            assert is_noticed(scripts, path.name, column), (path.name, column)
    (folder / "results.json").write_text(results, encoding="utf-8")
    for name in FACTS:
        with altered_text(folder / "results.json", rf'"{name}": ([\d.e-]+)'):
            assert is_noticed(recomputing, "results.json", f'"{name}"'), name
    for pattern in (r'<data value="([\d.]+)">', r'<data value="[\d.]+">([\d.]+)<'):
        with altered_text(folder / "index.html", pattern):
            assert comparing_page.notices()


def is_noticed(scripts, file, *names):
    """Whether any script stops with an error, of those that open the altered file; those that name most of the names are
    asked first, of these the quickest."""
    names = file, *names
    by_promise = sorted(
        (each for each in scripts if file in each.opened), key=lambda each: (-sum(map(each.reads, names)), each.seconds)
    )
    return any(script.notices() for script in by_promise)


def leave_pictures(_folder, names):
    return [name for name in names if name == "units" or name.endswith((".svg", ".png"))]
