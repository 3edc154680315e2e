"""Labels of one publication that importing takes for one, or asks about: the same rule as SQL."""

from __future__ import annotations

from sse_db.spelling import LEFT_OUT_OF_LABELS, LOOK_ALIKE, SAME_IN_LABELS

SEVERITY = "doubt"
GROUP = "duplicates"
SENTENCE = (
    "Two samples of one publication have labels that differ in spaces, dashes, invisible characters or capitals alone."
)
REMEDY = "Compare them in the paper; join them with merge."


DEEPEST = 15
"""Calls within one another: SQLite reads a hundred levels at most."""


def build_sql() -> str:
    """The pairs of samples whose labels are equal without what labels are often misspelt in."""
    left_out = {**SAME_IN_LABELS, **LOOK_ALIKE, **dict.fromkeys(LEFT_OUT_OF_LABELS, "")}
    steps = ["plain_0 AS (\n    SELECT id, publication_id, label, lower(label) AS plain_label FROM samples\n)"]
    for number, signs in enumerate(_chunks(list(left_out.items()))):
        replaced = "plain_label"
        for sign, plain in signs:
            replaced = f"replace({replaced}, '{sign}', '{plain}')"
        select = f"SELECT id, publication_id, label, {replaced} AS plain_label FROM plain_{number}"
        steps.append(f"plain_{number + 1} AS (\n    {select}\n)")
    last = f"plain_{len(steps) - 1}"
    return f"""WITH {", ".join(steps)}

SELECT
    'samples' AS table_name, b.id AS row_id, a.id AS other_id, a.label AS first_label, b.label AS second_label,
    n.reference
FROM {last} AS a
INNER JOIN {last} AS b ON b.publication_id = a.publication_id AND b.plain_label = a.plain_label AND b.id > a.id
INNER JOIN sample_names AS n ON n.sample_id = b.id"""


def _chunks(signs: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    return [signs[start : start + DEEPEST] for start in range(0, len(signs), DEEPEST)]
