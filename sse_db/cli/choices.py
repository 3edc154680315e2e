"""Words that options accept, made from the registries of the code: a new entry there is a new word here.

The registries import no library, so that a help text is as quick as before.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar, get_args

import typer

from analysis.data.targets import TARGETS, Mode
from analysis.folds.protocols import PROTOCOLS
from analysis.models.candidates import GridSize
from analysis.models.extended import EVERY_CANDIDATE
from analysis.studies.questions import ALL_TEMPERATURES, QUESTIONS
from etl.readers import READERS

KNOWN_PAPER = "known-paper"
"""Read as a protocol too: a study, whose folds hold whole papers out and give one or two samples of each back."""

Word = TypeVar("Word", bound=StrEnum)


def choice_of(name: str, words: Iterable[str]) -> Any:
    """An enumeration of words as the command line writes them, with hyphens for blanks."""
    make: Any = StrEnum
    return make(name, {word.upper(): word.replace(" ", "-") for word in words})


def first_of(choice: type[Word]) -> Word:
    """The first word, which is the default."""
    return next(iter(choice))


if TYPE_CHECKING:
    TargetName: TypeAlias = StrEnum
    ModelName: TypeAlias = StrEnum
    ProtocolName: TypeAlias = StrEnum
    FormatName: TypeAlias = StrEnum
    ModeName: TypeAlias = StrEnum
    GridName: TypeAlias = StrEnum
    QuestionName: TypeAlias = StrEnum
    StudyName: TypeAlias = StrEnum
else:
    TargetName = choice_of("TargetName", TARGETS)
    ModelName = choice_of("ModelName", EVERY_CANDIDATE)
    ProtocolName = choice_of("ProtocolName", [*PROTOCOLS, KNOWN_PAPER, "all"])
    FormatName = choice_of("FormatName", ["auto", *(reader.name for reader in READERS)])
    ModeName = choice_of("ModeName", get_args(Mode))
    GridName = choice_of("GridName", get_args(GridSize))
    QuestionName = choice_of("QuestionName", QUESTIONS)
    StudyName = choice_of("StudyName", [*QUESTIONS, ALL_TEMPERATURES])

MODEL_WORDS = f"<{'|'.join(ModelName)}|FILE.py:FUNCTION>"


def check_models(given: Any) -> Any:
    """Raise BadParameter for a word that is neither a model of the package nor a file of Python."""
    for word in [given] if isinstance(given, str) else given or []:
        if word.replace("_", "-") not in EVERY_CANDIDATE and ".py" not in word:
            raise typer.BadParameter(f"{word!r} is no model: {', '.join(EVERY_CANDIDATE)}, or FILE.py:FUNCTION")
    return given


ModelsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--model", "-m", metavar=MODEL_WORDS, callback=check_models, help="Model to score; repeat it for several."
    ),
]
ModelOption = Annotated[
    str, typer.Option("--model", "-m", metavar=MODEL_WORDS, callback=check_models, help="Model to fit.")
]
