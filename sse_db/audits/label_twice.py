"""Labels of one publication that importing takes for one, or asks about: the same rule as SQL."""

from __future__ import annotations

from collections.abc import Iterable

from sse_db.spelling import LEFT_OUT_OF_LABELS, LOOK_ALIKE, SAME_IN_LABELS

SEVERITY = "doubt"
GROUP = "duplicates"
SENTENCE = (
    "Two samples of one publication have labels that differ in spaces, dashes, invisible characters or capitals alone."
)
REMEDY = "Compare them in the paper; join them with merge."


OTHER = "*[^ -~]*"
"""Pattern of the labels that hold a sign beyond plain ASCII."""
DEEPEST = 15
"""Calls within one another: SQLite reads a hundred levels at most."""


def build_sql() -> str:
    """The pairs of samples whose labels are equal without what labels are often misspelt in."""
    left_out = {**SAME_IN_LABELS, **LOOK_ALIKE, **dict.fromkeys(LEFT_OUT_OF_LABELS, "")}
    plain = _replace("lower(label)", [(sign, "") for sign in LEFT_OUT_OF_LABELS])
    columns = "id, publication_id, label"
    # most labels are of plain letters, which nothing but the signs left out can tell apart
    steps = [
        f"plain_0 AS (\n    SELECT {columns}, lower(label) AS plain_label FROM samples WHERE glob('{OTHER}', label)\n)"
    ]
    for number, signs in enumerate(_chunks(list(left_out.items()))):
        select = f"SELECT {columns}, {_replace('plain_label', signs)} AS plain_label FROM plain_{number}"
        steps.append(f"plain_{number + 1} AS (\n    {select}\n)")
    return f"""WITH {", ".join(steps)},

alike AS (
    SELECT {columns}, plain_label, count(*) OVER (PARTITION BY publication_id, plain_label) AS labels
    FROM (
        SELECT {columns}, plain_label FROM plain_{len(steps) - 1}
        UNION ALL
        SELECT {columns}, {plain} FROM samples WHERE NOT glob('{OTHER}', label)
    ) AS folded
),

several AS (
    SELECT {columns}, plain_label FROM alike WHERE labels > 1
)

SELECT
    'samples' AS table_name, b.id AS row_id, a.id AS other_id, a.label AS first_label, b.label AS second_label,
    n.reference
FROM several AS a
INNER JOIN several AS b ON b.publication_id = a.publication_id AND b.plain_label = a.plain_label AND b.id > a.id
INNER JOIN sample_names AS n ON n.sample_id = b.id"""


def _replace(text: str, signs: Iterable[tuple[str, str]]) -> str:
    for sign, plain in signs:
        text = f"replace({text}, '{sign}', '{plain}')"
    return text


def _chunks(signs: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    return [signs[start : start + DEEPEST] for start in range(0, len(signs), DEEPEST)]
