"""A client of the API as the demonstration needs one: HTTP, nothing else."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self, TypeVar
from uuid import UUID, uuid4, uuid5

import httpx

from core.addresses import BASE_PATH

_PATIENCE, _JOB_PATIENCE = 60, 300  # seconds
_AT_ONCE = 4  # requests
_NAMES = UUID("7d1c9a52-5b0e-5f43-9d0c-2e2569000000")  # of the ids that we choose

T = TypeVar("T")
R = TypeVar("R")


class DemoError(Exception):
    """An answer that the story cannot go on with."""


class RefusedError(DemoError):
    def __init__(self, response: httpx.Response) -> None:
        request = response.request
        place = f"{request.method} {request.headers['Host']}{request.url.path}"
        super().__init__(f"{place}: {response.status_code} {response.text}")
        self.status = response.status_code


class Visitor:
    """Someone on one host, signed in or not.

    A demonstration that was killed is told again from the beginning: `made` finds what an earlier
    run has made, `moved` leaves alone what an earlier run has moved on.
    """

    def __init__(self, http: httpx.Client, host: str, token: str = "") -> None:
        self._http = http
        self.host = host
        self.token = token

    def with_token(self, token: str) -> Self:
        return type(self)(self._http, self.host, token)

    def at(self, host: str) -> Self:
        """The same connection, another host, no credential."""
        return type(self)(self._http, host)

    def signed_in(self, login: str, password: str) -> Self:
        answer = self.post("auth/sign-in", {"login": login, "password": password})
        return self.with_token(answer["session_token"])

    def get(self, path: str, **query: Any) -> Any:
        return self._json("GET", path, params=query)

    def all(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """Every item of a list, page by page."""
        cursor: dict[str, str] = {}
        while True:
            page = self.get(path, limit=200, **query, **cursor)
            yield from page["items"]
            if page["next_cursor"] is None:
                return
            cursor = {"cursor": page["next_cursor"]}

    def post(self, path: str, body: Any = None) -> Any:
        return self._json("POST", path, json=body, headers={"Idempotency-Key": str(uuid4())})

    def put(self, path: str, body: Any, *, version: int | None = None) -> Any:
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return self._json("PUT", path, json=body, headers=headers)

    def patch(self, path: str, body: Any, *, version: int) -> Any:
        return self._json("PATCH", path, json=body, headers={"If-Match": f'"{version}"'})

    def upload(self, path: str, name: str, content: bytes, **fields: str) -> Any:
        key = {"Idempotency-Key": str(uuid4())}
        return self._json("POST", path, files={"file": (name, content)}, data=fields, headers=key)

    def made(self, path: str, name: str, body: dict[str, Any], *, at: str = "") -> dict[str, Any]:
        """The thing of this name, made unless it is there; `at` tells where else it is read.

        The client chooses the id, the same one on every run.
        """
        chosen = uuid5(_NAMES, f"{self.host}/{path}/{name}")
        try:
            return self.get(f"{at or path}/{chosen}")  # type: ignore[no-any-return]
        except RefusedError as refused:
            if refused.status != httpx.codes.NOT_FOUND:
                raise
        return self.post(path, {"id": str(chosen), **body})  # type: ignore[no-any-return]

    def moved(self, path: str, verb: str, body: Any = None, *, when: str) -> dict[str, Any]:
        """The thing after this step, which is taken only while it has the status `when`."""
        thing: dict[str, Any] = self.get(path)
        if thing["status"] == when:
            self.post(f"{path}/{verb}", body)
            thing = self.get(path)
        return thing

    def finished(self, job_id: str) -> None:
        """Wait for a job; DemoError if it does not succeed."""
        for _ in self.progress(job_id):
            pass

    def progress(self, job_id: str) -> Iterator[tuple[int, int]]:
        """(done, total) of a job each time that it has moved on, until it has succeeded."""
        until, told = time.monotonic() + _JOB_PATIENCE, 0
        while True:
            job = self.get(f"jobs/{job_id}")
            if job["done"] > told:
                told = job["done"]
                yield told, job["total"]
            if job["state"] == "succeeded":
                return
            if job["state"] not in ("waiting", "running"):
                raise DemoError(f"job {job['kind']} {job['state']}: {job['problems']}")
            if time.monotonic() > until:
                raise DemoError(f"job {job_id} ({job['kind']}) does not end: is a worker running?")
            time.sleep(0.1)

    def page(self, path: str, **query: Any) -> Any:
        """JSON from outside of the API: the local outbox."""
        return self._answer("GET", path, params=query).json()

    def printed(self, path: str, body: Any) -> bytes:
        """A file that is made for this call alone."""
        return self._answer("POST", f"{BASE_PATH}{path}", json=body).content

    def file(self, address: str) -> bytes:
        """A made file, at the address that its job tells."""
        return self._answer("GET", address).content

    def _json(self, method: str, path: str, **options: Any) -> Any:
        response = self._answer(method, f"{BASE_PATH}{path}", **options)
        return response.json() if response.content else None

    def _answer(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Host": self.host, "Accept-Language": "en", **options.pop("headers", {})}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        response = self._http.request(method, path, headers=headers, **options)
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            time.sleep(int(response.headers["Retry-After"]))
            response = self._http.request(method, path, headers=headers, **options)
        if response.is_error:
            raise RefusedError(response)
        return response


def together(do: Callable[[T], R], things: Iterable[T]) -> list[R]:
    """Several at once, as when everyone sits at a phone of their own; results in order."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return [*pool.map(do, things)]


def awaited(look: Callable[[], T | None], what: str) -> T:
    """What `look` finds as soon as it finds something; DemoError if that takes too long."""
    until = time.monotonic() + _PATIENCE
    while (found := look()) is None:
        if time.monotonic() > until:
            raise DemoError(f"waited {_PATIENCE} s in vain for {what}")
        time.sleep(0.1)
    return found


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (visible progress)
