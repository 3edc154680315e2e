"""`sse-db serve` in a real browser: from a search to a structure and a CSV file, with nothing asked of another host."""

import csv
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from support.browser import open_browser
from support.hostile import IMAGE, SCRIPT, spoil
from support.seeded import copy_seed, find_id
from support.serving import serving

pytestmark = pytest.mark.browser
PEROVSKITE = "cubic_Li_perovskite_La0.55Li0.45Ti0.9Al0.1O3"
WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@pytest.fixture(scope="module")
def browser():
    with open_browser(WEBGL) as found:
        yield found


@pytest.fixture(scope="module")
def command(tmp_path_factory):
    """The address that the command prints; at the end Ctrl-C must stop it without complaint, leaving nothing behind."""
    folder = tmp_path_factory.mktemp("serve")
    database = copy_seed(folder)
    code = "from sse_db.cli.app import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "--db", str(database), "serve", "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(folder)},
    )  # fmt: skip
    said = process.stderr.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert address, said
    yield address[0]
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    assert out == ""
    assert "Traceback" not in errors
    assert [path.name for path in folder.iterdir()] == ["sse.db"]


class Page:
    """A page that remembers console complaints and requests to other hosts."""

    def __init__(self, browser, address, width=1280):
        self.address = address
        self.page = browser.new_page(viewport={"width": width, "height": 900})
        self.page.set_default_timeout(90_000)  # software drawing on a busy machine takes its time
        self.complaints, self.foreign = [], []
        self.page.on("console", lambda message: self._hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.on("request", lambda request: self._see(request.url))

    def _hear(self, kind, text):
        if kind in ("error", "warning") and "GPU stall due to ReadPixels" not in text:  # the software renderer's own
            self.complaints.append(text)

    def _see(self, url):
        if not url.startswith((self.address + "/", "data:", "blob:")):
            self.foreign.append(url)

    def open(self, path):
        self.page.goto(self.address + path)
        return self.page

    def assert_quiet(self):
        assert self.complaints == []
        assert self.foreign == []

    def assert_fits(self):
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")


def colours_of(page, selector, folder):
    """How many pixels of an element are neither white nor grey."""
    picture = folder / "part.png"
    page.locator(selector).screenshot(path=picture)
    pixels = Image.open(picture).convert("RGB").getdata()
    return sum(max(pixel) - min(pixel) > 40 for pixel in pixels)


def wait_for_structure(page):
    page.locator("#structure[data-atoms]").wait_for()
    return int(page.locator("#structure").get_attribute("data-atoms"))


@pytest.mark.filterwarnings("ignore:.*getdata is deprecated:DeprecationWarning")
def test_from_a_search_to_a_structure_a_query_and_a_csv_file(browser, command, tmp_path):
    visit = Page(browser, command)
    page = visit.open("/")
    page.fill("input[name=q]", "Li7La3Zr2 cubic OR garnet"[:9])
    page.click("button:text-is('Search')")
    assert page.locator(".hits a", has_text="Li7La3Zr2O12").count() >= 1
    page.click("text=All of them as a table, with facets >> nth=0")
    page.click(".facet-info a:text-is('garnet')")
    assert 'structure_class = "garnet"' in page.inner_text(".export-links")
    page.click("table.overview tbody a[href='/sse/samples/5']")
    assert "/sse/samples/5" in page.url
    assert page.title() == "Li7La3Zr2O12 · Shin 2016"
    assert page.locator("figure.drawing svg path[aria-label*='S/cm at 28 °C']").count() == 1
    assert wait_for_structure(page) == 227
    assert colours_of(page, "#structure", tmp_path) > 5_000
    assert "24 × La; 16 × Zr; 56 × Li; 96 × O" in page.inner_text("#structure-sites")
    page.select_option("#structure-choice", label="LLZO_cubic_1273_K")
    page.locator("#structure[data-atoms='299']").wait_for()
    assert "96 × Li 0.475" in page.inner_text("#structure-sites")
    visit.assert_fits()
    page = visit.open("/")
    page.click("text=formulas with element")
    page.fill("input[name=element]", "Ta")
    page.click("input[value='Run SQL']")
    page.locator("table.rows-and-columns tbody tr >> nth=49").wait_for()
    assert page.locator("table.rows-and-columns tbody tr").count() == 50
    with page.expect_download() as download:
        page.click(".export-links a:text-is('CSV')")
    rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 50
    assert all("Ta" in row["formula"] for row in rows)
    visit.assert_quiet()
    page.close()


@pytest.mark.parametrize("width", [1280, 400], ids=["wide", "narrow"])
def test_every_kind_of_page_fits_its_window_and_complains_of_nothing(browser, command, width):
    visit = Page(browser, command, width)
    for path in (
        "/", "/sse", "/sse/samples", "/sse/samples/5", "/sse/room_temperature_conductivity?_sort_desc=total_conductivity_s_per_cm",
        "/sse/publications", "/sse/publications/5", "/sse/compositions/2", "/sse/impedance_measurements/131", f"/sse/structural_records/{find_id('structural_records', PEROVSKITE)}", "/sse/audit_factor_of_thousand", "/-/search", "/-/search?q=garnet",
        "/-/plot/descriptors", "/-/plot/measurement_points?contribution=bulk", "/sse?sql=select+label,+cif_text+from+structural_records",
    ):  # fmt: skip
        page = visit.open(path)
        assert page.locator("h1").count() == 1, path
        assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), path
    visit.assert_quiet()
    visit.page.close()


def test_a_click_on_an_atom_tells_what_shares_its_site(browser, command):
    visit = Page(browser, command)
    page = visit.open(f"/sse/structural_records/{find_id('structural_records', PEROVSKITE)}")
    assert wait_for_structure(page) == 21
    page.locator("#structure").click()  # the middle of the picture is the middle of the cell
    page.locator("#structure-site:text('La 0.558 + Li 0.442')").wait_for()
    page.locator("#structure button").first.click()
    page.locator("text=Supercell").first.wait_for()
    visit.assert_quiet()
    page.close()


def test_a_measurement_is_whole_within_the_window(browser, command):
    visit = Page(browser, command)
    page = visit.open("/sse/impedance_measurements/131")
    for text in ("S/cm", "nasicon.csv", "row of the file"):
        box = page.locator(f"table.record :text('{text}')").first.bounding_box()
        assert box["x"] + box["width"] <= 1280
    visit.assert_quiet()
    page.close()


def test_a_conflict_leads_to_the_values_of_its_papers_and_a_refused_statement_can_be_mended(browser, command):
    visit = Page(browser, command)
    page = visit.open("/")
    page.click("text=info: conflicts")
    page.locator("table.rows-and-columns tbody a").first.click()
    assert page.locator("table.values tr.group").count() > 1
    assert page.locator("table.values .mark").count() >= 2
    page.locator("table.values tr.group a[href^='/sse/publications/']").first.click()
    assert page.locator("table.values a[href^='/sse/impedance_measurements/']").count() > 0
    visit.assert_quiet()
    page = visit.open("/sse?sql=delete+from+samples")
    page.fill("textarea[name=sql]", "select label from samples where id = 2")
    page.click("input[value='Run SQL']")
    page.locator("table.rows-and-columns tbody td").wait_for()
    assert visit.foreign == []
    page.close()


def test_a_point_of_a_plot_leads_to_its_sample(browser, command):
    visit = Page(browser, command)
    page = visit.open("/-/plot/measurement_points?contribution=bulk&c=structure_class")
    point = page.locator("figure.drawing svg a").first
    assert point.locator("title").first.text_content()
    point.click(force=True)
    page.wait_for_url(re.compile(r"/sse/samples/\d+$"))
    visit.assert_quiet()
    page.close()


def test_no_cell_runs_script_in_the_page(browser, tmp_path):
    database = copy_seed(tmp_path)
    spoil(database)
    with serving(database, tmp_path) as served:
        visit = Page(browser, served.address)
        for path in (
            "/", "/sse/samples", "/sse/samples/2", "/sse/publications/2", "/sse/structural_records/60", "/sse/compositions",
            "/-/search?q=script", f"/-/search?q={IMAGE}", f"/sse?sql=select+'{SCRIPT}'", "/-/plot/measurement_points",
        ):  # fmt: skip
            page = visit.open(path)
            assert page.evaluate("window.hacked") is None, path
        visit.open("/sse/structural_records/60")
        assert wait_for_structure(visit.page) == 0
        assert "cannot be drawn" in visit.page.inner_text("#structure")
        assert visit.foreign == []
        # even where a page would be broken, script without the page's nonce does not run
        visit.page.evaluate(f"document.body.insertAdjacentHTML('beforeend', {IMAGE!r})")
        visit.page.wait_for_timeout(200)
        assert visit.page.evaluate("window.hacked") is None
        visit.page.close()
