"""How the web process runs, here and in production: threads, since requests wait for PostgreSQL."""

import gc
import os
import shutil
import tempfile
from typing import Any

# Each worker counts for itself; /metrics adds them up from here.
METRICS = tempfile.mkdtemp(prefix="krunet-metrics-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = METRICS

from prometheus_client import multiprocess  # noqa: E402  (it looks there as it is imported)

bind = os.environ.get("BIND", "0.0.0.0:8000")
preload_app = True  # the workers share what it loaded
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 30
graceful_timeout = 20
keepalive = 30
max_requests = 20_000
max_requests_jitter = 2_000
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
control_socket_disable = True  # it only gets in the way of the next start
accesslog = None  # the application writes one line a request, with area and request id


def when_ready(_server: Any) -> None:
    """Keep what is loaded out of garbage collection: looking through it takes a tenth of a second
    and unshares 50 MB a worker."""
    gc.collect()
    gc.freeze()


def child_exit(_server: Any, worker: Any) -> None:
    """Forget the gauges of a worker that has ended."""
    multiprocess.mark_process_dead(worker.pid)


def on_exit(_server: Any) -> None:
    shutil.rmtree(METRICS, ignore_errors=True)
