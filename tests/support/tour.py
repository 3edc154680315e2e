"""Commands of a page, and calling them as a reader would, in this process: imports are paid for once."""

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from support.command_line import run


@dataclass
class Step:
    """A command or a piece of Python, and the lines that the page shows below it."""

    kind: str
    text: str
    shown: list[str] = field(default_factory=list)


def read_steps(text):
    """The console and python blocks of a page, in order; a command may go on behind a backslash."""
    steps = []
    for kind, block in re.findall(r"^```(console|python)\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE):
        if kind == "python":
            steps.append(Step(kind, block))
            continue
        for line in block.replace("\\\n", " ").splitlines():
            if line.startswith("$ "):
                steps.append(Step(kind, line[2:]))
            elif line.strip():
                steps[-1].shown.append(line.strip())
    return steps


def expected_code(command):
    """The exit code that a comment behind a command names, else 0."""
    match = re.search(r"#.*exit code (\d)", command)
    return int(match[1]) if match else 0


def call(command):
    """Run one ``sse-db`` command in the working folder, inside this process."""
    program, *words = shlex.split(command, comments=True)
    assert program == "sse-db", f"a page can run sse-db only: {command}"
    return run(Path.cwd(), *words)
