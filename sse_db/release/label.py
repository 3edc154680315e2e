"""What a release is called and whose it is: title, version, authors and DOI, as its users cite it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sse_db.about import DEVELOPERS, TITLE, VERSION
from sse_db.errors import WrongUsage


@dataclass(frozen=True, slots=True)
class Author:
    """A person, or without a given name a group or a person of one name."""

    family: str
    given: str = ""

    @property
    def name(self) -> str:
        """The name as it is spoken."""
        return f"{self.given} {self.family}".strip()


def read_author(text: str) -> Author:
    """An author as ``Family, Given`` or, for a group, its name; raises WrongUsage."""
    family, comma, given = (part.strip() for part in text.partition(","))
    if not family or (comma and not given):
        raise WrongUsage(f"{text!r} is no author", 'write "Family, Given", or the name of a group without a comma')
    return Author(family, given)


@dataclass(frozen=True, slots=True)
class Label:
    """How a release is to be cited; ``doi`` is bare, such as 10.5281/zenodo.1. Raises WrongUsage for an empty text."""

    title: str = TITLE
    version: str = VERSION
    authors: tuple[Author, ...] = ()
    doi: str | None = None

    def __post_init__(self) -> None:
        for name in ("title", "version"):
            if not getattr(self, name).strip():
                raise WrongUsage(f"the {name} of a release cannot be empty", f"leave --{name} out for the usual one")

    @property
    def url(self) -> str | None:
        """Where the DOI leads."""
        return f"https://doi.org/{self.doi}" if self.doi else None

    def credit(self, year: str) -> str:
        """The citation in one line."""
        names = "; ".join(f"{each.family}, {each.given}" if each.given else each.family for each in self.authors)
        link = f", {self.url}" if self.doi else ""
        return f"{names or DEVELOPERS}: {self.title}, version {self.version}, {year}{link}"

    def cff_authors(self) -> list[dict[str, Any]]:
        """The authors as CITATION.cff writes them."""
        people = [
            {"family-names": each.family, "given-names": each.given} if each.given else {"name": each.family}
            for each in self.authors
        ]
        return people or [{"name": DEVELOPERS}]

    def contributors(self) -> list[dict[str, Any]]:
        """The authors as a data package writes them."""
        names = [
            {"title": each.name, "familyName": each.family, "givenName": each.given}
            if each.given
            else {"title": each.name}
            for each in self.authors
        ]
        return [name | {"roles": ["author"]} for name in names]

    def agents(self) -> list[dict[str, Any]]:
        """The authors in the words of schema.org."""
        return [
            {"@type": "Person", "name": each.name, "familyName": each.family, "givenName": each.given}
            if each.given
            else {"@type": "Organization", "name": each.name}
            for each in self.authors
        ]
