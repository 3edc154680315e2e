"""The page on servers runs as it is written, on a server that the variables of the environment name."""

import shutil

from support import postgres
from support.tour import call, expected_code, read_steps

from sse_db.database.engine import resolve_url

PEOPLE = ("ada_of_the_group", "eve_of_the_group")


def test_the_page_on_servers_runs_from_top_to_bottom(root, tmp_path, monkeypatch):
    host, port = postgres.address()
    for name, value in {"PGHOST": host, "PGPORT": str(port), "PGUSER": postgres.OWNER}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SSE_DB_ROLE_PASSWORD", "only for this page")
    monkeypatch.delenv("SSE_DB_URL", raising=False)
    shutil.copytree(root / "seed_data", tmp_path / "seed_data")
    monkeypatch.chdir(tmp_path)
    url = resolve_url("postgresql:///sse")
    postgres.drop_database(url)
    try:
        for step in read_steps((root / "docs" / "servers.md").read_text(encoding="utf-8")):
            outcome = call(step.text)
            assert outcome.returncode == expected_code(step.text), (step.text, outcome.stderr)
            for line in step.shown:
                assert line in outcome.stdout + outcome.stderr, step.text
    finally:
        postgres.drop_database(url)
        for name in PEOPLE:
            postgres.run_as_owner(f"DROP ROLE IF EXISTS {name}")
