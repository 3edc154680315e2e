"""Results of finished units of work, kept as files: a run that was stopped, in whatever way, goes on where it was.

A file is named after its settings and a fingerprint of everything else that its numbers rest on: the data, the code
that computes, and the versions of the packages. What was computed from other data or by other code is not found.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis.data.frames import hash_frames
from analysis.data.targets import FeatureMatrix
from sse_db.code_hash import find_modules, hash_files

PACKAGES = ("numpy", "pandas", "scikit-learn", "scipy", "xgboost")


@cache
def fingerprint_code() -> str:
    """SHA-256 over all modules that computing a unit reaches and the versions of the packages called, hexadecimal."""
    return hash_files(find_modules("analysis.evaluation.runs").values(), PACKAGES)


def fingerprint(matrix: FeatureMatrix) -> str:
    """Twelve hexadecimal digits for a matrix and the code that works on it."""
    content = hash_frames([matrix.X, matrix.y.to_frame(), matrix.samples.reset_index()])
    return hashlib.sha256((content + fingerprint_code()).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class UnitCache:
    """A folder with one JSON file per finished unit."""

    folder: Path

    def read(self, name: str) -> dict[str, Any] | None:
        """The stored result of a unit; None if there is none or its file is damaged."""
        try:
            found: dict[str, Any] = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        return found

    def write(self, name: str, content: dict[str, Any]) -> None:
        """Store a unit atomically: a killed process leaves the whole file or none."""
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f"{name}.{os.getpid()}.draft"
        draft.write_text(json.dumps(content), encoding="utf-8")
        draft.replace(self.folder / f"{name}.json")

    def prune(self, fingerprints: set[str]) -> None:
        """Delete results of other data or other code, and temporary files of killed processes."""
        for path in [*self.folder.glob("*.json"), *self.folder.glob("*.draft")]:
            if path.suffix == ".draft" or path.name.split("-", 1)[0] not in fingerprints:
                path.unlink()
