"""Ctrl-C, SIGTERM and a closed terminal, as one exception that is raised once."""

import select
import signal
import sys

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """Somebody wants us to stop. Not an Exception, as KeyboardInterrupt is none."""

    def __init__(self, sign: signal.Signals) -> None:
        super().__init__(sign.name)
        self.sign = sign


def raise_on_signals() -> None:
    for sign in SIGNALS:
        if sign == signal.SIGHUP and signal.getsignal(sign) == signal.SIG_IGN:
            continue  # nohup
        signal.signal(sign, _interrupt)


def ignore_signals() -> None:
    """From here on we are stopping, which takes a bounded time anyway."""
    for sign in SIGNALS:
        signal.signal(sign, signal.SIG_IGN)


def raise_on_hang_up() -> None:
    """A closed terminal sends SIGHUP to its first process alone: that is `make` under `ssh -t`."""
    if signal.getsignal(signal.SIGHUP) != _interrupt:
        return  # nohup
    terminal = select.poll()
    terminal.register(sys.stderr, 0)
    if any(event & select.POLLHUP for _, event in terminal.poll(0)):
        _interrupt(signal.SIGHUP, None)


def _interrupt(number: int, _frame: object) -> None:
    ignore_signals()
    raise Interrupted(signal.Signals(number))
