"""Reading from hosts that someone outside has named: none of ours, not for ever, not too much."""

import socket
import threading
from contextlib import closing, contextmanager

import pytest

from core import outbound
from core.outbound import OutboundError, fetch_json, is_public_url


@contextmanager
def _answering(*parts: bytes):
    """A server that answers anything with these bytes; its port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def answer():
            talking, _ = listening.accept()
            with talking:
                talking.recv(65_536)
                for part in parts:
                    talking.sendall(part)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(5)


def _http(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers])
    return f"{head}\r\n\r\n".encode() + body


def test_fetch__json__read():
    with _answering(_http(b'{"a": 1}')) as port:
        assert fetch_json(f"http://localhost:{port}/x?y=1") == {"a": 1}


@pytest.mark.parametrize(
    "answer",
    [
        _http(b"", "302 Found", "Location: http://127.0.0.1:1/"),
        _http(b"{}", "500 Internal Server Error"),
        _http(b"no json"),
        _http(b"\xff"),
        b"nonsense\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}",
        _http(b"[" + b"1," * outbound.LARGEST + b"1]"),
    ],
    ids=["redirect", "error", "text", "utf8", "no-http", "nothing", "cut", "large"],
)
def test_fetch__anything_else__error(answer):
    with _answering(answer) as port, pytest.raises(OutboundError):
        fetch_json(f"http://localhost:{port}/")


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1",
        "[::1]",
        "10.0.0.1",
        "169.254.169.254",
        "[::ffff:7f00:1]",
        "224.0.0.1",
    ],
)
def test_fetch__host_that_is_not_public__not_asked(settings, host):
    settings.OUTBOUND_TO_PRIVATE = False
    with pytest.raises(OutboundError, match="not public"):
        fetch_json(f"https://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https:///x",
        "https://u@e.org",
        "https://e.org/#x",
        "https://e.org:99999/",
    ],
)
def test_fetch__address_of_another_form__not_asked(settings, url):
    settings.OUTBOUND_TO_PRIVATE = False
    assert not is_public_url(url)
    with pytest.raises(OutboundError):
        fetch_json(url)


def test_fetch__over_tls__the_certificate_has_to_be_trusted():
    with _answering(b"not tls") as port, pytest.raises(OutboundError):
        fetch_json(f"https://localhost:{port}/")
