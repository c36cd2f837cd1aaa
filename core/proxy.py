"""The front proxy's word on who is calling."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


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
