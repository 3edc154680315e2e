"""Say whether a grain size or a relative density is a limit; what the texts of the cells say of it is read from them.

Revision: 0005
"""

import json

import sqlalchemy as sa
from alembic import op

from sse_db.database.revisions import altered_table, install_frozen, without_triggers

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

RELATIONS = {
    "grain_size_um": ("grain_size_relation", "grain size"),
    "relative_density_percent": ("relative_density_relation", "relative density"),
}
SPELLINGS = {
    "<": ("<", "≤", "⩽", "≦", "≲", "below", "less than", "at most", "up to"),
    ">": (">", "≥", "⩾", "≧", "≳", "above", "more than", "at least", "over"),
    "~": ("~", "≈", "∼", "≃", "≅", "ca", "c.", "circa", "about", "around", "approx"),
}
RANGE = ("–", "—", "-", "..", "…", " to ")


def upgrade() -> None:
    with altered_table("samples") as batch:
        for column, (relation, words) in RELATIONS.items():
            batch.add_column(
                sa.Column(
                    relation,
                    sa.String(),
                    nullable=True,
                    comment=f"`=`, or how the number limits or approaches the {words}; NULL without one",
                ),
                insert_after=column,
            )
            batch.create_check_constraint(
                op.f(f"ck_samples_{relation}_vocabulary"), f"{relation} IN ('=', '<', '>', '~')"
            )
    with without_triggers(op.get_bind()):
        _fill(op.get_bind())
    install_frozen("0005")


def _fill(bind: sa.Connection) -> None:
    for column, (relation, _) in RELATIONS.items():
        rows = bind.exec_driver_sql(f"SELECT id, as_written FROM samples WHERE {column} IS NOT NULL").all()
        found = [(_relation_of(json.loads(written or "{}").get(column)), row) for row, written in rows]
        for value, row in found:
            bind.execute(
                sa.text(f"UPDATE samples SET {relation} = :value WHERE id = :row"), {"value": value, "row": row}
            )


def _relation_of(written: str | None) -> str:
    """The relation that the text of a cell begins with; a range is near its midpoint."""
    text = (written or "").strip().casefold()
    for relation, spellings in SPELLINGS.items():
        if text.startswith(spellings):
            return relation
    return "~" if any(sign in text.lstrip("-–−") for sign in RANGE) and "e-" not in text else "="


def downgrade() -> None:
    with altered_table("samples") as batch:
        for relation, _ in RELATIONS.values():
            batch.drop_constraint(op.f(f"ck_samples_{relation}_vocabulary"), type_="check")
            batch.drop_column(relation)
    install_frozen("0004")
