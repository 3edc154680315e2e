"""Asking a DOI resolver what a DOI stands for; only ever because a user said so."""

from __future__ import annotations

from etl.bibliographies.entries import Entry, csl_entry
from sse_db.errors import LookupFailed
from sse_db.settings import read_environment

TIMEOUT_S = 10
NOT_FOUND = 404


def look_up(doi: str) -> Entry:
    """What the resolver at ``$SSE_DB_DOI_RESOLVER``, by default Crossref, says of a DOI (bare, lower case).

    Raises LookupFailed without a network, for an unknown DOI and for an answer that is none.
    """
    import httpx2
    from habanero import Crossref
    from habanero.exceptions import RequestError

    address = read_environment().doi_resolver
    try:
        answer = Crossref(base_url=address, timeout=TIMEOUT_S).works(ids=doi)
        return csl_entry(answer["message"], 1)
    except httpx2.HTTPStatusError as error:
        if error.response.status_code == NOT_FOUND:
            hint = "check the DOI; a DOI of another registry, such as a preprint's, has to be described by hand"
            raise LookupFailed(f"{address} does not know {doi}", hint) from error
        raise LookupFailed(f"{address} answered {error.response.status_code}", "try again later") from error
    except httpx2.HTTPError as error:
        raise LookupFailed(
            f"no network: {address} cannot be reached ({error})",
            "leave --lookup out and give --title, --year and so on, or import a .bib file",
        ) from error
    except (RequestError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LookupFailed(f"{address} did not answer with a description of {doi}", "try again later") from error
