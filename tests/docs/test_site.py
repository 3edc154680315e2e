"""The documentation builds without a warning, and its pages ask no other machine for anything."""

import re
import subprocess
import sys

import pytest
from support.browser import open_browser


@pytest.fixture(scope="module")
def site(tmp_path_factory, root):
    folder = tmp_path_factory.mktemp("site")
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    result = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return folder


def test_every_page_is_in_the_site_and_its_navigation(site, root):
    pages = {page.relative_to(root / "docs").with_suffix(".html").as_posix() for page in root.glob("docs/**/*.md")}
    home = (site / "index.html").read_text(encoding="utf-8")
    assert pages <= {page.relative_to(site).as_posix() for page in site.rglob("*.html")}
    assert {page for page in pages if f'href="{page}"' not in home} == set()


def test_no_page_loads_anything_from_elsewhere(site):
    loading = re.compile(
        r"<(?:script|img|iframe|source)[^>]+src=\"?https?:|<link[^>]+rel=\"?(?:stylesheet|preconnect)[^>]+https?:"
    )
    assert [page.name for page in site.rglob("*.html") if loading.search(page.read_text(encoding="utf-8"))] == []


def test_search_works_from_the_folder_without_a_server(site):
    with open_browser() as browser:
        page = browser.new_page()
        told, asked = [], []
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: asked.append(request.url))
        page.goto((site / "index.html").as_uri())
        page.keyboard.press("/")
        page.locator("input.md-search__input").press_sequentially("conformal")
        page.locator(".md-search-result__link[href*='predicting.html']").first.wait_for()
        assert told == []
        assert [address for address in asked if not address.startswith("file:")] == []
