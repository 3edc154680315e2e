"""Letters of a text that an earlier program lost, or encoded twice: the bytes are good, the words are not."""

from __future__ import annotations

import re

LOST = "\ufffd"
_SECOND = "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122"
"""The bytes behind the first one of a letter in UTF-8, as the Western code page shows them."""
_FIRST = "\u00c2\u00c3\u00ce\u00cf\u00d0\u00d1\u00e2"
"""Those first bytes; most texts have none, which is told much faster than the pattern can."""
_TWICE = re.compile(f"[\u00c2\u00c3\u00ce\u00cf][{_SECOND}]|(?:[\u00d0\u00d1][{_SECOND}]){{2}}|\u00e2[{_SECOND}]{{2}}")


def find_lost_letters(text: str) -> tuple[str, str, str] | None:
    """Code, message and hint of a doubt on lost or twice encoded letters; None where there are none.

    >>> find_lost_letters("Gr\u00c3\u00b6\u00dfe")[0]
    'encoded-twice'
    """
    if text.isascii():
        return None
    if LOST in text:
        line, words = _line_at(text, text.index(LOST))
        hint = "the program that saved the file did not know these letters: write them anew"
        return "lost-letters", f"line {line} holds the sign for a lost letter, {LOST}: {words}", hint
    if any(letter in text for letter in _FIRST) and (odd := _TWICE.search(text)) is not None:
        line, words = _line_at(text, odd.start())
        meant = odd[0].encode("cp1252", errors="ignore").decode("utf-8", errors="ignore")
        message = f"line {line}: {odd[0]} looks like {meant or 'a letter'} in UTF-8 that was encoded twice: {words}"
        return "encoded-twice", message, "open the first file as UTF-8, and save it anew"
    return None


def _line_at(text: str, place: int) -> tuple[int, str]:
    start = max(text.rfind(sign, 0, place) for sign in "\n,;\t|") + 1
    words = re.split(r"[\n,;\t|]", text[start : start + 60])[0]
    return text.count("\n", 0, place) + 1, words.strip()
