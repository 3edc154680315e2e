"""Texts put together from columns: a formula from the amounts of its elements."""

from __future__ import annotations

import re
from collections.abc import Callable

from etl.cells.quantities import is_blank

PLACE = re.compile(r"(?P<before>[A-Z][a-z]?)?\{(?P<header>.+?)\}")
AMOUNT = re.compile(r"\d+(?:[.,]\d+)?")


def fill_template(template: str, text_of: Callable[[str], str], decimal: str | None = None) -> str:
    """A template with the texts of columns for the headers in braces; empty where all of them are blank.

    An element whose amount is blank or zero is left out. Raises ValueError where another place is blank, or where the
    amount of an element is no plain number.

    >>> fill_template("Li{Li}La{La}O{O}", {"Li": "0.5", "La": "", "O": "2"}.__getitem__)
    'Li0.5O2'
    """
    texts = {match["header"]: text_of(match["header"]) for match in PLACE.finditer(template)}
    if all(map(is_blank, texts.values())):
        return ""

    def fill(match: re.Match[str]) -> str:
        element, text = match["before"], texts[match["header"]]
        if element is None:
            if is_blank(text):
                raise ValueError(f"{match['header']} is blank")
            return text
        if is_blank(text):
            return ""
        if AMOUNT.fullmatch(text) is None:
            raise ValueError(f"{text} in {match['header']} is no plain amount of {element}")
        amount = text.replace(",", ".") if decimal != "." else text
        return "" if float(amount) == 0 else f"{element}{amount}"

    return PLACE.sub(fill, template)
