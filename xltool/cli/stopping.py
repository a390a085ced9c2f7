"""Ctrl-C, or a request of the system to end: the first one ends the command cleanly, more of them disturb nothing.

Python ignores what is raised inside of callbacks that the collector runs, wherever the signal happened to come in;
so the exception is raised again after a while, until the command has ended.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 2.0
"""Seconds until the exception is raised again; ending the workers takes a tenth of it."""

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Stopped(BaseException):
    """The command is to end; no fault, and nothing that a command may catch.

    `done` of `total` says how far it was, where it counted.
    """

    done = 0
    total = 0

    def __init__(self, number: int) -> None:
        """Keep which signal it was."""
        super().__init__(number)
        self.number = number

    @property
    def exit_code(self) -> int:
        """As shells say that a signal ended a program: 130 for Ctrl-C."""
        return 128 + self.number


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn the first signal into `Stopped`; those that the caller ignores (nohup) stay ignored."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    known = (*SIGNALS, signal.SIGALRM) if hasattr(signal, "SIGALRM") else SIGNALS
    heard = [number for number in known if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, _stop) for number in heard}
    complain = sys.unraisablehook
    sys.unraisablehook = lambda what: None if what.exc_type is Stopped else complain(what)
    try:
        yield
    finally:
        sys.unraisablehook = complain
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, _frame: FrameType | None) -> None:
    if hasattr(signal, "setitimer"):
        for each in SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        signal.signal(signal.SIGALRM, lambda *_: _raise(number))
        signal.setitimer(signal.ITIMER_REAL, AGAIN, AGAIN)
    _raise(number)


def _raise(number: int) -> None:
    raise Stopped(number)
