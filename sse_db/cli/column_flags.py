"""Flags that stand for columns, the same for add and edit, and the questions that ask for them at a terminal."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from sse_db.cli.history import describe_change
from sse_db.cli.render import print_json, print_table, say
from sse_db.errors import RefusedFile

if TYPE_CHECKING:
    from etl.curation.work import HandReport
    from etl.drafts import Cell


def takes_columns(
    columns: Mapping[str, str], names: Mapping[str, str] = MappingProxyType({})
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command one optional flag for each column, column to help; they arrive together as ``given``.

    ``names`` holds the flags that are not called as their column. Why not simply write the options down: there are
    forty, for add and edit each, and a column added to the schema would be forgotten in one of them; and typer makes
    options from a signature only, so the signature is written here.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        # given is not typer's to read, and its type is not there to import
        names_only = {name: text for name, text in command.__annotations__.items() if name != "given"}
        command.__annotations__ = names_only
        hints = get_type_hints(command, include_extras=True)
        own = [each for name, each in inspect.signature(command).parameters.items() if name != "given"]
        flags = [_flag(column, names.get(column, column), text) for column, text in columns.items()]

        @functools.wraps(command)
        def call(**values: Any) -> None:
            texts = {column: values.pop(column) for column in columns}
            given = {
                column: make_cell(names.get(column, column), text) for column, text in texts.items() if text is not None
            }
            command(given=given, **values)

        parameters = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[each.name]) for each in own]
        call.__signature__ = inspect.Signature(parameters + flags)  # type: ignore[attr-defined]  # what typer reads
        call.__annotations__ = {each.name: each.annotation for each in parameters + flags}
        del call.__wrapped__  # typer would look behind it
        return call

    return decorate


def _flag(column: str, name: str, text: str) -> inspect.Parameter:
    option = typer.Option(f"--{name.replace('_', '-')}", help=text, metavar="TEXT", show_default=False)
    annotation = Annotated[str | None, option]
    return inspect.Parameter(column, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def make_cell(name: str, text: str) -> Cell:
    """A text that was typed, addressed by its flag."""
    from etl.drafts import Cell

    flag = f"--{name.replace('_', '-')}"
    return Cell(flag, 1, flag, text)


def at_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty()


def ask_columns(table: str, columns: Mapping[str, str], current: Mapping[str, Any] | None = None) -> dict[str, Cell]:
    """Ask for columns one by one, each answer checked at once; Enter leaves a column as it is, ``-`` empties it."""
    say("Enter leaves a line as it is" + (", - empties it." if current else "."))
    answers = {}
    for name, text in columns.items():
        answer = ask_column(table, name, text, (current or {}).get(name))
        if answer is not None:
            answers[name] = make_cell(name, answer)
    return answers


def ask_column(table: str, name: str, text: str, old: Any = None) -> str | None:
    """Ask for one column until the answer can be read; None for Enter."""
    from etl.curation.fields import find_fault

    label = f"{text.rstrip('.')}" + (f" [{old}]" if old is not None else "")
    while True:
        answer = typer.prompt(label, default="", show_default=False, err=True).strip()
        fault = find_fault(table, name, answer) if answer else ""
        if not fault:
            return answer or None
        say(f"  {fault}")


def ask_words(question: str) -> tuple[str, ...]:
    """Ask the same question until the answer is empty."""
    answers = []
    while answer := typer.prompt(question, default="", show_default=False, err=True).strip():
        answers.append(answer)
    return tuple(answers)


@contextmanager
def telling_problems(*, json_output: bool) -> Iterator[None]:
    """With JSON wanted, a refusal's problems go to stdout as those of an import do."""
    try:
        yield
    except RefusedFile as error:
        if not json_output:
            raise
        print_json({"problems": [problem.as_dict() for problem in error.problems]})
        raise typer.Exit(error.exit_code) from error


def show_report(report: HandReport, *, json_output: bool, dry_run: bool) -> None:
    """Write what was done by hand: row by row to stdout, the batch and doubts to stderr."""
    if json_output:
        print_json(report.as_dict())
    else:
        rows: list[tuple[object, ...]] = [
            (str(each.outcome), each.table, each.row_id, each.name, describe_change(each.before, each.after))
            for each in report.batch.changes
            if each.outcome != "unchanged"
        ]
        rows += [("removed", table, None, f"{count} rows", "") for table, count in report.batch.removed.items()]
        if rows:
            print_table(("action", "table", "id", "row", "what"), rows)
    for doubt in report.doubts:
        say(f"doubt: {doubt.message}" + (f" ({doubt.hint})" if doubt.hint else ""))
    if dry_run:
        say("trial run: nothing was written")
    elif report.batch.id is None:
        say("nothing to change: it is so already")
    else:
        say(f"batch {report.batch.id}; to take it back: sse-db undo {report.batch.id}")
