"""The report in a real browser: every chart is drawn, nothing is asked of the network, no console error."""

import json

import numpy as np
import pytest
from browser import open_browser
from tour import read_steps

from analysis.report import write_report
from etl.load import load_intake
from etl.pipeline import check_file, find_files
from sse_db.engine import open_engine
from sse_db.migrate import upgrade

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page_path(tmp_path_factory, root):
    folder = tmp_path_factory.mktemp("report")
    engine = open_engine(str(folder / "sse.db"), must_exist=False)
    upgrade(engine.url)
    for file in find_files([root / "seed_data"])[0]:
        load_intake(engine, check_file(file), curator="tester")
    report = write_report(engine, folder / "report")
    assert not report.reused
    assert write_report(engine, folder / "report").reused
    engine.dispose()
    return report.page


@pytest.fixture(scope="module")
def browser():
    with open_browser() as found:
        yield found


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_the_page_is_drawn_without_network_and_console_errors(page_path, browser, scheme):
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    complaints, requests = [], []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(page_path.as_uri())
    if scheme == "print":
        page.emulate_media(media="print")
    page.wait_for_function(
        "document.querySelectorAll('[data-figure]').length === document.querySelectorAll('[data-figure] svg').length"
    )
    assert page.locator("[data-figure] svg").count() >= 15
    assert complaints == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
    context.close()


def test_the_page_says_what_is_missing_and_links_lead_to_files(page_path, browser):
    page = browser.new_page()
    page.goto(page_path.as_uri())
    text = page.inner_text("body")
    assert "1 of the 20 samples wanted" in text
    assert "Median" in text
    for link in page.locator("a[href]").all():
        target = link.get_attribute("href")
        if not target.startswith(("http", "#", "data:")):
            assert (page_path.parent / target).is_file(), target
    page.close()


def test_static_figures_lie_beside_the_page(page_path):
    figures = page_path.parent / "figures"
    for name in ("figure_1", "figure_4a", "figure_5c", "figure_6a", "figure_7a", "figure_8c"):
        assert (figures / f"{name}.svg").read_text(encoding="utf-8").startswith("<svg")
        assert (figures / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_every_number_is_recomputed_by_the_twenty_lines_of_the_documentation(page_path, root, monkeypatch):
    monkeypatch.chdir(page_path.parent.parent)
    page = (root / "docs" / "recomputing.md").read_text(encoding="utf-8")
    script, interval = read_steps(page)
    assert len([line for line in script.text.splitlines() if line]) == 20
    found = {}
    exec(compile(script.text, "recomputing.md", "exec"), found)
    results = json.loads((page_path.parent / "results.json").read_text(encoding="utf-8"))
    assert len(found["scores"]) == len(results["scores"]) == 36
    for row in results["scores"]:
        means, _spread, drawn = found["scores"][row["target"], row["protocol"], row["model"]]
        again = [*means[["r2", "mse", "mae"]], *drawn["mae"], *drawn["r2"]]
        names = ("r2", "mse", "mae", "mae_low", "mae_high", "r2_low", "r2_high")
        assert again == pytest.approx([row[name] for name in names], abs=1e-9)
    assert len(found["importances"]) == len(results["importances"]) == 3 * 4 * 17
    for row in results["importances"]:
        again = found["importances"].loc[row["target"], row["kind"], row["descriptor"]]
        expected = [row[name] for name in ("mean", "spread", "mean_rank", "rank_spread")]
        assert again.tolist() == pytest.approx(expected, abs=1e-9)
    for row in results["correlations"]:
        again = found["correlations"].loc[row["first"], row["second"]]
        assert np.isnan(again) if row["r"] is None else again == pytest.approx(row["r"], abs=1e-9)
    assert len(results["noise_floor"]) == 3
    for row in results["noise_floor"]:
        printed = []
        one = found["floors"].loc[[row["target"]]]
        exec(interval.text, {**found, "floors": one, "print": lambda *values, printed=printed: printed.extend(values)})
        target, mae, mse, (low, high) = printed
        assert target == row["target"]
        assert [mae, mse, low, high] == pytest.approx([row[name] for name in ("mae", "mse", "mae_low", "mae_high")])
