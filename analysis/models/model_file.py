"""A model of one's own in one file, ``my_model.py:make``: a function without arguments that gives an estimator."""

from __future__ import annotations

import hashlib
import re
import sys
import traceback
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import cloudpickle

from analysis.models.candidates import Candidate, Source
from analysis.models.own import NOTHING_TO_CHOOSE, require_estimator
from sse_db.errors import UnusableEstimator
from sse_db.spelling import name_exception

DEFAULT_FUNCTION = "make"
REFERENCE = re.compile(r"(?P<file>.+\.py)(:(?P<function>[^:]*))?", re.DOTALL)
EXAMPLE = "a model of your own is FILE.py:FUNCTION, such as my_model.py:make"


def is_model_file(text: str) -> bool:
    """Whether a text names a file of Python rather than a model of the package.

    >>> is_model_file("my_model.py:make"), is_model_file("lasso")
    (True, False)
    """
    return re.search(r"\.py(:|$)", text) is not None


def load_model_file(reference: str) -> Candidate:
    """The candidate that a function of a file gives; each fit calls it anew, so that fit and predict are all it needs.

    Raises UnusableEstimator where the file, its function or what this gives cannot be used.
    """
    path, function = _split(reference)
    module, digest = load_module(path)
    make = getattr(module, function, None)
    giver = f"{path.name}: {function}"
    if not callable(make):
        kind = "has no function" if make is None else "holds a value, no function, under the name"
        there = [name for name, each in vars(module).items() if getattr(each, "__module__", None) == module.__name__]
        raise UnusableEstimator(
            f"{path.name} {kind} {function}", f"functions in it: {', '.join(there)}" if there else EXAMPLE
        )
    build = partial(_build, make, giver)
    require_estimator(build(), f"{giver}()")
    name = f"{path.name}:{function}"
    source = Source(path.name, function, digest, module.__name__)
    return Candidate(name, name, build, NOTHING_TO_CHOOSE, takes_frame=True, brought=True, source=source)


def find_module(reference: str, sha256: str, wanted_by: str) -> ModuleType:
    """The module of a file whose content has this hash; raises UnusableEstimator for another before its code runs."""
    path, _ = _split(reference)
    found = hashlib.sha256(_read(path)).hexdigest()
    if found != sha256:
        raise UnusableEstimator(
            f"{path.name} is not what {wanted_by} was made with: its SHA-256 is {found[:12]}…, there {sha256[:12]}…",
            "take the file as it was, or train again",
        )
    return load_module(path)[0]


def _split(reference: str) -> tuple[Path, str]:
    found = REFERENCE.fullmatch(reference)
    if found is None:
        raise UnusableEstimator(f"{reference} names no file of Python", EXAMPLE)
    function = found["function"] if found["function"] is not None else DEFAULT_FUNCTION
    if not function.isidentifier():
        raise UnusableEstimator(f"{reference}: {function!r} is no name of a function", EXAMPLE)
    return Path(found["file"]), function


def load_module(path: Path) -> tuple[ModuleType, str]:
    """A file as a module, whose name holds the hash of its content, and this hash; what it prints goes to stderr.

    Raises UnusableEstimator for a file that is not there or fails, with the line where it does.
    """
    content = _read(path)
    digest = hashlib.sha256(content).hexdigest()
    name = f"own_model_{digest[:16]}"
    if name in sys.modules:
        return sys.modules[name], digest
    module = ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module  # where classes are looked up by those who save and load them
    try:
        with redirect_stdout(sys.stderr):
            exec(compile(content, str(path), "exec"), vars(module))
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise UnusableEstimator(
            f"{path.name}{_find_line(error, path)}: {name_exception(error)}", _hint(error)
        ) from error
    cloudpickle.register_pickle_by_value(module)  # other processes do not have the file
    return module, digest


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = "there is no file" if not path.exists() else f"{error.strerror or error}:"
        raise UnusableEstimator(f"{reason} {path}", EXAMPLE) from error


def _build(make: Callable[[], Any], giver: str) -> Any:
    try:
        with redirect_stdout(sys.stderr):
            return make()
    except Exception as error:  # whatever somebody's own code raises
        raise UnusableEstimator(
            f"{giver}() failed: {name_exception(error)}", "it is called without arguments"
        ) from error


def _find_line(error: BaseException, path: Path) -> str:
    if isinstance(error, SyntaxError) and error.lineno:
        return f", line {error.lineno}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return f", line {lines[-1]}" if lines else ""


def _hint(error: BaseException) -> str:
    if isinstance(error, ImportError):
        return "the model is one file: install what it imports, or write other files of yours into it"
    return ""
