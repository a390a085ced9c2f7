"""The streams of an OLE file, as Excel 97-2003, WPS and encrypted packages are; the only importer of olefile."""

from __future__ import annotations

from xltool.errors import RefusedFile

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def stream(data: bytes, *names: str) -> bytes | None:
    """The first stream of these names that there is.

    Raises:
        RefusedFile: `damaged`: the file's own directory is broken.
    """
    import olefile  # noqa: PLC0415 - for these files only

    try:
        with olefile.OleFileIO(data) as ole:
            for name in names:
                if ole.exists(name):
                    with ole.openstream(name) as opened:
                        content: bytes = opened.read()
                        return content
    except (OSError, ValueError, IndexError, TypeError) as error:  # whatever it stumbles over in a broken one
        raise RefusedFile("damaged") from error
    return None
