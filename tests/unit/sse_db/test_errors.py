"""Every error that a user can meet stands in one file, where all of them can be read together."""

import ast
from pathlib import Path

from sse_db import errors


def test_no_other_module_defines_an_error_of_the_user(root: Path):
    known = {name for name in vars(errors) if name[0].isupper()}
    for package in ("sse_db", "etl", "analysis"):
        for path in (root / package).rglob("*.py"):
            classes = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ClassDef))
            found = [
                each.name
                for each in classes
                if known & {base.id for base in each.bases if isinstance(base, ast.Name)} - {"Problem"}
            ]
            assert not found or path.name == "errors.py", (path, found)
