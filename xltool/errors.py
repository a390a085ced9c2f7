"""What stops a command, as one tree of exceptions.

    XltoolError
    ├── UsageError       a command was used wrongly
    ├── EditionError     the monitoring scheme's YAML is faulty
    ├── CampaignError    the campaign folder, its database or its files are unusable
    ├── ExpressionError  a text is not in the expression language (the edition loader adds file and line)
    ├── Unfinished       another one of these stopped a run when part of it was done
    └── RefusedFile      a returned file can't be read at all (one file; the run goes on)

Wrong data is never an exception: it is a `model.finding.Finding`. Exceptions carry a code of
`messages.FAULTS` and its context, never ready-made text.
"""

from __future__ import annotations

from collections.abc import Iterable


class XltoolError(Exception):
    """Base of all faults that a command reports in one line and ends with."""

    def __init__(self, code: str, *, place: str | None = None, **context: object) -> None:
        """Keep `code` (a key of `messages.FAULTS`), where it happened, and the values its text names."""
        super().__init__(code)
        self.code = code
        self.place = place
        self.context = context


class UsageError(XltoolError):
    """A command was given something it can't work with; exit code 2."""


class EditionError(XltoolError):
    """The edition's YAML is faulty: the office's fault, never the filler's; exit code 2."""


class CampaignError(XltoolError):
    """The campaign folder, its database or one of its files is missing or half written; exit code 2."""


class RefusedFile(XltoolError):  # noqa: N818 - the returned file is at fault, not the program
    """A returned file can't be read; `code` is one of the refusal codes of `ingest --json`.

    `said` names its text in `messages.REFUSALS` where the code alone doesn't say why or what to do.
    """

    def __init__(self, code: str, *, said: str = "", place: str | None = None, **context: object) -> None:
        """Keep which text says it."""
        super().__init__(code, place=place, **context)
        self.said = said or code


class Unfinished(XltoolError):  # noqa: N818 - a state, not one fault more
    """A run was stopped when part of it was done; the same command again does the rest.

    `undone` names what was not done; it may be found while it is said.
    """

    def __init__(self, cause: XltoolError, undone: Iterable[str]) -> None:
        """Say what the cause says, and what is left."""
        super().__init__(cause.code, place=cause.place, **cause.context)
        self.undone = undone


class ExpressionError(XltoolError):
    """A formula or check isn't in the expression language; `place` is the expression's text."""
