"""Texts whose characters are not all alike: raised, lowered, struck through; what is left of them as plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Look = Literal["plain", "raised", "lowered", "struck"]

_RAISED = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
_NUMBER = re.compile(
    r"""
    \s*[<>~≈≤≥±+\-−]?\s*                        # < 3, ~3, −3
    [0-9][0-9.,]*(?:[eE][+\-−]?[0-9]+)?\s*      # 3.2, 3.2e-4
    (?P<unit>(?:%|[^\W\d_]|[µ°/·.\ ]){0,12})\s*  # mS/cm, °C, %
    """,
    re.VERBOSE,
)
_TEN = re.compile(r"(?:[×xX*·∙]\s?|\A\s*|\s)10\s*\Z")
_TIMES_TEN = re.compile(r"[×xX*·∙]\s?10\s*\Z")
_DIGITS = r"[+\-−–]?\s?[0-9]+"
_FOOTNOTE = re.compile(r"[0-9a-zA-Z*†‡§](?:,\s?[0-9a-z])*")


class Told(NamedTuple):
    """Why a text needs a second look: code, message and hint."""

    code: str
    message: str
    hint: str


RAISED_HINT = "put footnote marks into the remark, and write a power of ten as e-4"
STRUCK = Told("struck-through", "struck through, and read all the same", "delete it, or take the line away")


@dataclass(slots=True)
class RichText:
    """The pieces of one text, each with its look, in order."""

    pieces: list[tuple[str, Look]] = field(default_factory=list)

    def add(self, text: str, look: Look) -> None:
        """Append a piece; neighbours of one look are one."""
        if self.pieces and self.pieces[-1][1] == look:
            self.pieces[-1] = (self.pieces[-1][0] + text, look)
        else:
            self.pieces.append((text, look))

    @property
    def is_plain(self) -> bool:
        """Whether no piece with a character in it looks otherwise than the others."""
        return all(look == "plain" or not text.strip() for text, look in self.pieces)

    def flatten(self) -> tuple[str, list[Told]]:
        """The text without looks, and what was left out or may be misread.

        A power of ten and the powers of units stay, as raised characters of Unicode; a mark behind a number is left
        out; what is struck through in a part of the text is left out, in all of it it stays.
        """
        told: list[Told] = []
        meant = [piece for piece in self.pieces if piece[0].strip()]
        if meant and all(look == "struck" for _, look in meant):
            return "".join(text for text, _ in self.pieces), [STRUCK]
        plain = ""
        for text, look in self.pieces:
            if look == "struck" and text.strip():
                message = f"{text.strip()} is struck through, and was left out"
                told.append(Told("struck-through", message, "write what counts alone"))
            elif look in ("raised", "lowered") and text.strip():
                kept, reason = _place(plain, text, look)
                plain += kept
                told += [reason] if reason else []
            else:
                plain += text
        return plain, told


def _place(before: str, text: str, look: Look) -> tuple[str, Told | None]:
    """What a raised or lowered piece adds to the text before it, and why it is doubtful."""
    mark, kept = text.strip(), text.translate(_RAISED) if look == "raised" else text
    if look == "raised" and _TEN.search(before) and re.fullmatch(_DIGITS, mark):
        sure = mark[0] in "+-−–" or _TIMES_TEN.search(before)
        message = f"raised {mark} behind {before.strip()} was read as a power of ten"
        return kept, None if sure else Told("raised-characters", message, RAISED_HINT)
    if (number := _NUMBER.fullmatch(before)) and not (number["unit"] and mark[0] in "+-−–"):
        message = f"{look} {mark} behind {before.strip()} was left out: a footnote mark?"
        return "", Told("raised-characters", message, RAISED_HINT)
    if look == "raised" and _FOOTNOTE.fullmatch(mark) and re.search(r"[0-9A-Za-z)\]]\s*\Z", before):
        message = f"raised {mark} behind {before.strip()[-40:]}: a footnote mark?"
        return kept, Told("raised-characters", message, RAISED_HINT)
    return kept, None
