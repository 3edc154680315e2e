"""What a kept result rests on: the modules that computed it, found by following imports, and one hash over them."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from sse_db.about import VERSION

PACKAGES = ("sse_db", "etl", "analysis")


def source_root() -> Path:
    """The folder that the three packages lie in: a checkout, or an environment's site-packages."""
    return Path(__file__).parents[1]


def find_modules(start: str) -> dict[str, Path]:
    """Modules of this project that a module reaches by import, at whatever depth, itself included: name to file.

    Imports inside functions count; a package counts where something is imported from it, not as a parent only.
    """
    found: dict[str, Path] = {}
    waiting = [start]
    while waiting:
        name = waiting.pop()
        path = _find_file(name)
        if path is not None and name not in found:
            found[name] = path
            waiting += _read_imports(path.read_bytes())
    return dict(sorted(found.items()))


def _find_file(module: str) -> Path | None:
    if module.partition(".")[0] not in PACKAGES:
        return None
    place = source_root().joinpath(*module.split("."))
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)


@cache
def _read_imports(source: bytes) -> tuple[str, ...]:
    """Every name that a source may import; of ``from a import b``, b can be a module as well."""
    names: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return tuple(names)


def find_files(*folders: str) -> list[Path]:
    """All files of packages and what lies in them, compiled ones left out."""
    files = (path for folder in folders for path in (source_root() / folder).rglob("*"))
    return sorted(path for path in files if path.is_file() and "__pycache__" not in path.parts)


def hash_files(paths: Iterable[Path], distributions: Iterable[str] = ()) -> str:
    """SHA-256 over files, their places below the root, and versions of installed distributions, hexadecimal."""
    digest = hashlib.sha256()
    for path in sorted(set(paths)):
        digest.update(f"{path.relative_to(source_root()).as_posix()} {path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    for name in distributions:
        digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()


@cache
def hash_structure_parser() -> str:
    """Hash of all that turns a structure file into a record, with the libraries that do most of it.

    A record that is stored is as good as one read anew while this is the same.
    """
    return hash_files(find_modules("sse_db.materials.structures").values(), ("gemmi", "pymatgen", "spglib"))


def name_code_version() -> str:
    """The version that a batch was read with: that of sse-db, and the first digits of the structure parser's hash."""
    return f"{VERSION}+parser.{hash_structure_parser()[:10]}"
