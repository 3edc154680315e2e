"""The questions that auditors ask of the database, each with the page that answers it and the command that does."""

from __future__ import annotations

from typing import NamedTuple


class Question(NamedTuple):
    """What is asked, the page of the answer, what to do there, and the command for a terminal."""

    asked: str
    page: str
    there: str
    command: str


OVERVIEW = "/sse/sample_overview"
QUESTIONS = (
    Question(
        "Which papers report a bulk conductivity above 1e-3 S/cm near room temperature?",
        f"{OVERVIEW}?bulk_conductivity_s_per_cm__gt=0.001&_sort_desc=bulk_conductivity_s_per_cm",
        "Samples at a glance, filtered by bulk conductivity.",
        'sse-db query "SELECT DISTINCT reference, doi FROM sample_overview WHERE bulk_conductivity_s_per_cm > 1e-3"',
    ),
    Question(
        "Which values do not say where in the paper they stand?",
        "/sse/audit_place_in_paper_missing?since=",
        "An audit; each row leads to its value and its sample.",
        "sse-db audit place_in_paper_missing",
    ),
    Question("How much did each curator bring?", "/sse/per_curator", "A saved query.", "sse-db query per_curator"),
    Question(
        "What changed in the last week?",
        "/sse/changed_since?date=7+days",
        "A saved query; a date such as 2026-11-21 is understood as well.",
        'sse-db query changed_since -p date="7 days"',
    ),
    Question(
        "How far do papers differ on one composition?",
        "/sse/per_composition",
        "A saved query, the largest spread first; a composition leads to its values by paper.",
        "sse-db query per_composition",
    ),
    Question(
        "Which activation energies are out of line, and how do fitted ones compare with reported ones?",
        "/sse/fitted_against_reported",
        "A saved query; the audit activation energy unlikely lists those outside of 0.1 to 1.2 eV.",
        "sse-db query fitted_against_reported",
    ),
    Question(
        "Which garnets are denser than 95 %?",
        f"{OVERVIEW}?structure_class=garnet&relative_density_percent__gt=95",
        "Samples at a glance, filtered by class and density.",
        'sse-db query "SELECT label, formula, relative_density_percent FROM sample_overview '
        "WHERE structure_class = 'garnet' AND relative_density_percent > 95\"",
    ),
    Question(
        "How do I get everything into Excel?",
        OVERVIEW,
        "CSV above the rows of any table or query; workbooks come from the command.",
        'sse-db query "SELECT * FROM sample_overview" -o samples.xlsx',
    ),
    Question(
        "How do I open the file in sqlite3 or pandas?",
        "/sse",
        "The file is an ordinary SQLite database; the same SQL runs here.",
        'sqlite3 sse.db "SELECT * FROM sample_overview LIMIT 5"',
    ),
    Question(
        "Which tables are there, and how do they refer to each other?", "/-/diagram", "A picture.", "sse-db schema"
    ),
    Question(
        "Which values are there of one formula?",
        "/sse/values_of_formula?formula=LLZO",
        "A saved query; any spelling, and abbreviations such as LLZO, LATP or Ta-LLZO.",
        "sse-db query values_of_formula -p formula=LLZO",
    ),
    Question(
        "How do I take the findings of an audit along?",
        "/sse/audit_total_against_parts?since=",
        "CSV above the rows.",
        "sse-db audit total_against_parts -o findings.csv",
    ),
    Question(
        "How do I get JSON for a program?",
        "/sse/best_conductors",
        "json above the rows.",
        "sse-db query best_conductors --json | jq '.[0].formula'",
    ),
    Question(
        "Where does a value come from?",
        "/sse/where_values_come_from",
        "A saved query; the page of any row says file, row, curator and history.",
        "sse-db query where_values_come_from",
    ),
    Question("Who reviewed what?", "/sse/reviews", "A saved query.", "sse-db query reviews"),
)
