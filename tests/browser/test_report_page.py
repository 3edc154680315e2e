"""The report in a real browser: every chart is drawn, nothing is asked of the network, no console error."""

import pytest
from browser import open_browser

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
