"""Every text that people read about a fault: where, what is there, what was expected, what to do.

`FINDINGS` are wrong data, `REFUSALS` files that can't be read, `FAULTS` what stops a command, `REASONS` parts of
them, `LINT` faults of an edition, `VERIFICATION` what a review's log is found to be,
`TEMPLATE_FAULTS` and `REPORT_DIFFERENCES` what Word templates and reports are found to be. Texts are Chinese templates; their
names in braces are filled from the finding's or the exception's context.
"""

from __future__ import annotations

import errno

from xltool.messages.faults import FAULTS, REFUSALS
from xltool.messages.findings import FINDINGS
from xltool.messages.lint import LINT
from xltool.messages.reasons import REASONS
from xltool.messages.review import LIMITS, VERIFICATION, verification
from xltool.messages.templates import REPORT_DIFFERENCES, TEMPLATE_FAULTS, report_difference, template_fault
from xltool.messages.text import Text

__all__ = [
    "FAULTS",
    "FINDINGS",
    "LIMITS",
    "LINT",
    "REASONS",
    "REFUSALS",
    "REPORT_DIFFERENCES",
    "TEMPLATE_FAULTS",
    "VERIFICATION",
    "Text",
    "fault",
    "finding",
    "os_reason",
    "reason",
    "report_difference",
    "template_fault",
    "verification",
]

_OS_REASONS = {
    errno.EACCES: "os_permission",
    errno.EPERM: "os_permission",
    errno.ENOENT: "os_missing",
    errno.ENOSPC: "os_full",
    errno.EDQUOT: "os_full",
    errno.EFBIG: "os_too_large",
    errno.EROFS: "os_readonly",
    errno.EIO: "os_broken_off",
    errno.ESTALE: "os_broken_off",
    errno.ENOTCONN: "os_broken_off",
    errno.ETIMEDOUT: "os_broken_off",
    errno.EHOSTDOWN: "os_broken_off",
    errno.EHOSTUNREACH: "os_broken_off",
    errno.ENOTDIR: "os_no_folder",
    errno.EEXIST: "os_no_folder",  # a file stands where a folder would be made
}


def reason(code: str, **context: object) -> str:
    """The text for a fault's `{reason}`."""
    return REASONS[code].format_map(context)


def os_reason(error: OSError) -> str:
    """Why the operating system refused, in Chinese."""
    return reason(_OS_REASONS.get(error.errno or 0, "os_other"), number=error.errno)


def fault(code: str, **context: object) -> tuple[str, str]:
    """Message and action of a refusal or a fault."""
    text = REFUSALS.get(code) or FAULTS[code]
    return text.message.format_map(context), text.action.format_map(context)


def finding(code: str, **context: object) -> tuple[Text, str, str]:
    """The catalogue entry of a finding with its message and action filled in."""
    text = FINDINGS[code]
    return text, text.message.format_map(context), text.action.format_map(context)
