"""The page of questions in the documentation and the one in the browser ask the same, and every link of it answers."""

import asyncio

import pytest
from support.seeded import copy_seed
from support.serving import DRAWINGS

from sse_db.browse.pages.questions import QUESTIONS
from sse_db.browse.serving.site import open_site
from sse_db.browse.serving.snapshot import take_snapshot


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.asked)
def test_a_question_of_the_browser_stands_in_the_documentation_with_its_command(root, question):
    page = " ".join((root / "docs/questions.md").read_text(encoding="utf-8").split())
    assert f"**{question.asked}**" in page
    assert question.command.split(" -o ")[0] in page


def test_there_are_fifteen_questions_and_each_page_answers(tmp_path):
    assert len(QUESTIONS) == 15
    snapshot = take_snapshot(copy_seed(tmp_path), tmp_path / "snapshot.db")
    with asyncio.Runner() as runner, open_site(snapshot, DRAWINGS, None) as site:
        for question in QUESTIONS:
            assert runner.run(site.client.get(question.page)).status_code == 200, question.asked
        told = runner.run(site.client.get("/sse/values_of_formula?formula=LLZO")).text
        nearest = runner.run(site.client.get("/sse/values_of_formula?formula=Na3YCl6")).text
        answer = runner.run(site.client.get("/sse/values_of_publication.json?doi=https://doi.org/10.1039/C5TA06379E"))
        saved = runner.run(site.client.get("/sse/sample_overview.csv"))
    assert "LLZO was searched as" in told
    assert "no such formula: Na3YCl6; nearest: Li" in nearest
    assert answer.json()["rows"]
    assert saved.headers["content-disposition"] == 'attachment; filename="sample_overview.csv"'
