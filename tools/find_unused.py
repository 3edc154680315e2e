"""Names of product code that nothing uses: vulture, without the fields of classes that are passed on whole.

Usage: python tools/find_unused.py; the exit code is 1 where something is found.

Tests are not read, so what only a test calls is found; words of HTML templates count as used. Columns, fields and
members of enumerations are used by SQL, ``asdict`` and the command line, and what turns a parse tree into values by
lark, where vulture cannot see it. Names that another library calls stand in pyproject.toml.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Print every unused name with its place, and say by the exit code whether there is one."""
    found = [f"{path.relative_to(ROOT)}:{line}: unused {kind} {name}" for path, line, kind, name in find_unused()]
    print("\n".join(found) or "nothing unused")
    return 1 if found else 0


def find_unused() -> Iterator[tuple[Path, int, str, str]]:
    """File, line, kind and name of each unused definition."""
    options = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["vulture"]
    search = Vulture(ignore_names=options["ignore_names"], ignore_decorators=options["ignore_decorators"])
    search.scavenge([str(ROOT / path) for path in options["paths"]])
    templates = "\n".join(
        page.read_text("utf-8") for path in options["paths"] for page in (ROOT / path).rglob("*.html")
    )
    search.used_names.update(re.findall(r"\w+", templates))
    for item in search.get_unused_code():
        path = Path(item.filename)
        if item.first_lineno not in find_hidden_lines(path):
            yield path, item.first_lineno, item.typ, item.name


def find_hidden_lines(path: Path) -> set[int]:
    """The lines of a module on which a field of a class, or a method that lark calls by a rule's name, is defined."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    members = (member for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for member in node.body)
    return {
        member.lineno for member in members if isinstance(member, ast.Assign | ast.AnnAssign) or is_callback(member)
    }


def is_callback(member: ast.stmt) -> bool:
    """Whether a member of a class takes what lark gives: the children of a node of the parse tree."""
    return isinstance(member, ast.FunctionDef) and [each.arg for each in member.args.args] == ["self", "children"]


if __name__ == "__main__":
    sys.exit(main())
