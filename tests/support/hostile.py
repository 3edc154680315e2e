"""Cells that try to become markup, script, template code or a spreadsheet formula."""

import sqlite3

SCRIPT = "<script>window.hacked=1</script>"
IMAGE = "\"><img src=x onerror='window.hacked=1'>"
TEMPLATE = "{{ 7*191 }}{% include '/etc/passwd' %}"
FORMULA = "=cmd|' /C calc'!A0"
CIF = f"data_x\n# {SCRIPT}\n_cell_length_a {IMAGE}\n"


def spoil(path):
    """Put markup, template code and formulas into every kind of text that pages show."""
    with sqlite3.connect(path) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(
            "UPDATE publications SET title = ?, first_author = ?, journal = ?, url = ? WHERE id = 2",
            (SCRIPT, IMAGE, TEMPLATE, "javascript:window.hacked=1"),
        )
        connection.execute(
            "UPDATE samples SET label = ?, formula_as_written = ?, remark = ?, synthesis_method_text = ? WHERE id = 2",
            (SCRIPT + FORMULA, IMAGE, TEMPLATE, FORMULA),
        )
        connection.execute("UPDATE compositions SET formula = ? WHERE id = 2", (SCRIPT,))
        connection.execute("UPDATE structural_records SET label = ?, cif_text = ? WHERE id = 60", (IMAGE, CIF))
        connection.execute("UPDATE import_batches SET file_name = ?", (IMAGE,))
    connection.close()
