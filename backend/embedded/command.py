"""Run a command beside servers of its own: the tests, benchmarks and drills."""

import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from backend.embedded.interrupt import Interrupted
from backend.embedded.process import spawn, stop
from backend.embedded.servers import Servers

# How long an interrupted command may tidy up before it is told again, and then before it is killed.
PATIENCE_SECONDS = 10


def run_with_servers(command: Sequence[str], *, folder: Path, durable: bool, settings: str) -> int:
    """Run `command` in the terminal's foreground and return its exit status."""
    with Servers(folder, durable=durable, settings=settings) as servers:
        process = spawn(command, env=servers.environment, foreground=True)
        try:
            status = process.wait()
        except Interrupted as interruption:
            _end(process, interruption.sign)
            raise
    return status if status >= 0 else 128 - status


def _end(process: subprocess.Popen[bytes], sign: signal.Signals) -> None:
    if sign == signal.SIGINT:
        # The terminal sent the Ctrl-C to the command too: twice would spoil its tidying up.
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE_SECONDS)
    stop(process, (signal.SIGTERM, PATIENCE_SECONDS))
