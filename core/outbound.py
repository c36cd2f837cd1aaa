"""Reading JSON from another host, whose address someone outside has named.

Over https, from public addresses only: nothing that an area writes into its settings makes this
server ask itself, its neighbours or the cloud it runs in. The address that was looked at is the
one that is used, redirects are not followed, and time and size are bounded.
"""

import ipaddress
import socket
import ssl
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urlsplit

import orjson
from django.conf import settings

TIMEOUT = 5  # seconds: for the next bytes, and for all of them
LARGEST = 256 * 1024  # bytes
_OK = 200


class OutboundError(Exception):
    """It could not be read; the text says why, for the log."""


def fetch_json(url: str) -> Any:
    """What is at this address. Raises OutboundError."""
    try:
        return orjson.loads(_body(urlsplit(url)))
    except (OSError, HTTPException, ValueError) as error:
        raise OutboundError(f"{url}: {error}") from error


def is_public_url(url: str) -> bool:
    """True if it is of a form that may be asked; plain http never is, outside of tests."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    schemes = {"https", "http"} if settings.OUTBOUND_TO_PRIVATE else {"https"}
    plain = not (parts.username or parts.password or parts.fragment) and port != 0
    return parts.scheme in schemes and bool(parts.hostname) and plain


def _body(parts: SplitResult) -> bytes:
    if not is_public_url(parts.geturl()):
        raise OutboundError(f"{parts.geturl()} may not be asked")
    path = parts.path or "/"
    target = f"{path}?{parts.query}" if parts.query else path
    with closing(_connection(parts)) as connection:
        connection.request("GET", target, headers={"Accept": "application/json"})
        with connection.getresponse() as response:
            if response.status != _OK:
                raise OutboundError(f"{parts.geturl()} answered {response.status}")
            return _all_of(response)


def _all_of(response: HTTPResponse) -> bytes:
    read, until = b"", time.monotonic() + TIMEOUT
    while part := response.read1(LARGEST):
        read += part
        if len(read) > LARGEST or time.monotonic() > until:
            raise OutboundError("the answer is too large or too slow")
    if response.length:
        raise OutboundError("the answer is cut short")
    return read


def _connection(parts: SplitResult) -> HTTPConnection:
    host = str(parts.hostname)
    is_plain = parts.scheme == "http"
    port = parts.port or (80 if is_plain else 443)
    address = _address(host, port)
    if is_plain:
        return _PlainConnection(host, port, address)
    return _SecureConnection(host, port, address)


def _address(host: str, port: int) -> str:
    """An address of this host; none if any of them is not for everybody."""
    found = {str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    for each in found:
        if not (_is_public(each) or settings.OUTBOUND_TO_PRIVATE):
            raise OutboundError(f"{host} is at {each}, which is not public")
    return min(found)


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(parsed, "ipv4_mapped", None) or parsed
    return inner.is_global and not inner.is_multicast


class _PlainConnection(HTTPConnection):
    """To the address that was looked at, whatever the name resolves to by now."""

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), TIMEOUT)


class _SecureConnection(HTTPSConnection):
    def __init__(self, host: str, port: int, address: str) -> None:
        self._trust = ssl.create_default_context()
        super().__init__(host, port, timeout=TIMEOUT, context=self._trust)
        self._address = address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), TIMEOUT)
        self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)
