"""Domains whose e-mail addresses speak for an office, so that nobody has to review."""

from collections.abc import Iterator

from django.db.models import Q

from tenants.models import OfficialDomain


def speaks_for_its_office(email: str, code: str) -> bool:
    """True if this address is on a listed domain that may speak for the area of this code."""
    names = list(_listed_as(email))
    return OfficialDomain.objects.filter(Q(code="") | Q(code=code), domain__in=names).exists()


def _listed_as(email: str) -> Iterator[str]:
    """Every way in which the domain of an address may be listed: itself, or `*.` of one above."""
    domain = plain_domain(email.rpartition("@")[2])
    yield domain
    labels = domain.split(".")
    for start in range(1, len(labels)):
        yield "*." + ".".join(labels[start:])


def plain_domain(domain: str) -> str:
    """A domain as it is compared: lower case, in ASCII, without a last dot. Raises UnicodeError."""
    begins, rest = ("*.", domain[2:]) if domain.startswith("*.") else ("", domain)
    return begins + rest.rstrip(".").encode("idna").decode().lower()
