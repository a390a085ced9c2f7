"""Workbooks that open with a password; the only importer of msoffcrypto."""

from __future__ import annotations

from io import BytesIO

import msoffcrypto
from msoffcrypto.exceptions import InvalidKeyError

from xltool.errors import RefusedFile

_EXCELS_OWN = "VelvetSweatshop"
"""With it Excel encrypts what is only write-protected, and opens it without asking."""


def unlocked(data: bytes, password: str | None) -> bytes:
    """The workbook inside an encrypted .xlsx or .xls.

    Raises:
        RefusedFile: `encrypted`: no password was given, or it doesn't open this file, or nobody can.
    """
    try:
        opened = _opened_with(data, _EXCELS_OWN)
        if opened is None and password is not None:
            opened = _opened_with(data, password)
    except MemoryError:
        raise
    except Exception as error:  # the library meets damage, and ways of encrypting that it doesn't know
        raise RefusedFile("encrypted", said="unknown_encryption") from error
    if opened is not None:
        return opened
    raise RefusedFile("encrypted", said="encrypted" if password is None else "wrong_password")


def _opened_with(data: bytes, password: str) -> bytes | None:
    file = msoffcrypto.OfficeFile(BytesIO(data))
    target = BytesIO()
    try:
        file.load_key(password=password, verify_password=True) if file.format == "ooxml" else file.load_key(password)
        file.decrypt(target)
    except InvalidKeyError:
        return None
    return target.getvalue()
