"""Which files an applicant may send along: told by their content, never by their name."""

from tenants.errors import FileNotAcceptedError

LARGEST = 10 * 1024 * 1024  # bytes
_BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
_ENDINGS = {
    "application/pdf": b"%%EOF",
    "image/jpeg": b"\xff\xd9",
    "image/png": b"IEND\xaeB`\x82",
}
_TAIL = 1024  # bytes in which the end has to be: programs add line breaks after it


def document_type(content: bytes) -> str:
    """Its media type. Raises FileNotAcceptedError for anything else, or more than 10 MB."""
    kind = next((kind for begin, kind in _BEGINNINGS.items() if content.startswith(begin)), None)
    if kind is None or len(content) > LARGEST or _ENDINGS[kind] not in content[-_TAIL:]:
        raise FileNotAcceptedError
    return kind
