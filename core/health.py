"""`/healthz`: the process is alive. `/readyz`: it can serve; database and migrations are ready.

A broker or a replica that is away is told and decides nothing: people sign in and write without
it, so that taking every web process out of service would make a small trouble a great one.

`/metrics`: what Prometheus collects, for whoever reaches the process itself. It tells how busy
the areas are, so nobody gets it through a proxy, whatever that proxy lets pass.
"""

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_prometheus.exports import ExportToDjangoView
from django_tenants.utils import schema_context

from core import replica


class HealthMiddleware:
    """Answers before any host, area or session is looked at: probes know none of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return JsonResponse({"status": "alive"})
        if request.path == "/readyz":
            return _readiness()
        if request.path == "/metrics" and "X-Forwarded-For" not in request.headers:
            return ExportToDjangoView(request)  # type: ignore[no-any-return]
        return self.get_response(request)


def _readiness() -> HttpResponse:
    checks = {name: check() for name, check in _CHECKS.items()}
    ready = all(checks[name] == "ok" for name in _NEEDED)
    return JsonResponse(
        {"status": "ready" if ready else "not ready", **checks}, status=200 if ready else 503
    )


def _database() -> str:
    try:
        with schema_context("public"), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _broker() -> str:
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1).ping()
    except redis.RedisError:
        return "unreachable"
    return "ok"


_current: set[str] = set()  # once this process has seen the migrations applied, they stay applied


def _migrations() -> str:
    if "public" in _current:
        return "ok"
    try:
        with schema_context("public"):
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                return "behind"
    except DatabaseError:
        return "unknown"
    _current.add("public")
    return "ok"


_CHECKS = {"database": _database, "broker": _broker, "migrations": _migrations}
if replica.ALIAS in settings.DATABASES:
    _CHECKS["replica"] = replica.state
_NEEDED = ("database", "migrations")
