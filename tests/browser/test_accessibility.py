"""Pages can be read by everybody: axe-core finds nothing serious, light or dark, wide or narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from support.browser import open_browser
from support.seeded import copy_seed
from support.serving import serving

pytestmark = pytest.mark.browser
PAGES = {
    "home": "/",
    "search": "/-/search?q=garnet",
    "overview": "/sse/sample_overview?structure_class=garnet&_size=20",
    "sample": "/sse/samples/5",
    "publication": "/sse/publications/5",
    "audit": "/sse/audit_total_against_parts?since=",
    "plot": "/-/plot/sample_overview",
    "SQL": "/sse?sql=select+label+as+name,+'x'+as+text+from+samples+limit+5+--+remark",
    "table": "/sse/samples?structure_class=garnet&_size=10",
    "saved query": "/sse/values_of_formula?formula=LLZO",
    "help": "/-/help",
    "diagram": "/-/diagram",
    "tables": "/sse",
}
OPTIONS = {"resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("axe")
    with serving(copy_seed(folder), folder) as served, open_browser() as browser:
        opened = browser.new_page()
        opened.set_default_timeout(90_000)
        opened.open = lambda path: opened.goto(served.address + path)
        yield opened
        opened.close()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing_serious(page, path):
    page.open(path)
    if page.locator("#structure").count():
        page.locator("#structure[data-atoms]").wait_for()
    found = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            violations = Axe().run(page, options=OPTIONS).response["violations"]
            found += [
                (width, scheme, each["id"], node["target"], node["failureSummary"])
                for each in violations
                if each["impact"] in ("serious", "critical")
                for node in each["nodes"]
            ]
    assert found == []


def test_the_overview_is_seen_whole_without_scrolling_sideways(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.open("/sse/sample_overview?_sort_desc=total_conductivity_s_per_cm")
    wrapper = page.locator(".table-wrapper")
    assert wrapper.evaluate("each => each.scrollWidth <= each.clientWidth")
    assert page.locator("table.overview th").all_inner_texts()[5].split("\n")[0] == "σ total\u00a0▲"
    page.locator("table.overview tbody a").first.click()
    assert "/sse/samples/" in page.url
