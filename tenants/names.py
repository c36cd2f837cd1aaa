"""Which sub-domains an area may have, the schema that follows from one, how names are found."""

from collections.abc import Iterable

# One word between dots, as DNS takes it; a doubled hyphen could disguise another name (xn--…).
SLUG = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
SLUG_LENGTHS = (3, 40)
CODE = r"^[0-9A-Za-z]+(-[0-9A-Za-z]+)*$"

RESERVED = frozenset(
    """
    about accounts admin administrator api app apps assets auth autodiscover beta billing blog cdn
    console dashboard demo dev development docs download email files ftp gateway guide healthz help
    home host imap info internal intranet krunet localhost login logout mail manage media metrics
    ministry mobile monitor national news ns ns1 ns2 oauth obec office operator outbox platform pop
    postmaster problems public readyz register root security signin signup smtp sso staging static
    statistics status support sysadmin system test testing webmail webmaster wiki www www1 www2
    """.split()  # noqa: SIM905  (words read better than a list)
)


def schema_of(slug: str) -> str:
    """The schema of the area with this sub-domain: two slugs never share one."""
    return "a_" + slug.replace("-", "_")


# What people call offices by, and what that stands for; both ways of writing find each other.
_SHORT = {
    "สพป": "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา",
    "สพม": "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา",
    "สพท": "สำนักงานเขตพื้นที่การศึกษา",
}
_DROPPED = str.maketrans("", "", " .-–_\u00a0\u200b")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def searchable(text: str) -> str:
    """A text as it is looked for: without spaces, dots and hyphens, short names written out."""
    plain = text.lower().translate(_THAI_DIGITS).translate(_DROPPED)
    for short, whole in _SHORT.items():
        plain = plain.replace(short, whole)
    return plain


def search_text(texts: Iterable[str]) -> str:
    """All that an area is found by."""
    return " ".join(searchable(text) for text in texts if text)
