"""Ends its own process where a request asks for it. In the drills' settings and nowhere else."""

import os
import signal
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse


class DieOnDemand:
    """`X-Drill-Die: before-commit` or `after-commit`: in either case nobody gets an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        moment = request.headers.get("X-Drill-Die")
        if moment == "before-commit":
            with transaction.atomic():  # the view's own becomes a part of this one
                self.get_response(request)
                _die()
        response = self.get_response(request)
        if moment == "after-commit":
            _die()
        return response


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
