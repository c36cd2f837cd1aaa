"""Who is calling: the address of the peer, or the one that the front proxy tells."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request


def client_address(request: HttpRequest | Request) -> str:
    """The caller's address; empty where there is none (a unix socket)."""
    return str(request.META.get("REMOTE_ADDR", ""))


class ForwardedAddressMiddleware:
    """Puts the address that the front proxy saw into REMOTE_ADDR; gunicorn leaves the proxy's.

    Only the last address of X-Forwarded-For is the proxy's: those before it are whatever the
    caller has written there. For processes that nobody but the proxy can reach.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if forwarded := request.headers.get("X-Forwarded-For"):
            request.META["REMOTE_ADDR"] = forwarded.rpartition(",")[2].strip()
        return self.get_response(request)
