"""Who a returned workbook was issued to: by its hidden sheet, else its visible token, else its keywords."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Mapping
from typing import cast, get_args

from xltool.errors import RefusedFile
from xltool.intake.grid import Cell, Grid, Kind, Sheet
from xltool.model.identity import TOKEN_PREFIX, Identity
from xltool.model.identity import Kind as RecipientKind

FORMAT = "1"
"""The hidden sheet's layout; another one is from another version of the program."""

_NEEDED = {"campaign", "district", "serial", "signature"}
_TOKEN = re.compile(
    rf"{TOKEN_PREFIX}-(?P<campaign>\S+)-(?P<serial>[0-9A-F]{{10}})-[0-9A-F]{{16}}(?![0-9A-Z])", re.IGNORECASE
)

Lookup = Callable[[str], Identity | None]
"""Serial -> the identity that was issued under it."""


def recognise(grid: Grid, key: bytes, campaign: str, lookup: Lookup | None = None) -> Identity:
    """Find the identity and prove it with the campaign's key.

    The token alone names a serial only, so it needs `lookup`; its 16 digits of the signature are verified as well.

    Raises:
        RefusedFile: `no_identity`, `forged_identity`, `other_campaign`, or `old_edition` for an unknown format.
    """
    hidden = [fields for fields in map(_fields, grid.sheets) if fields is not None]
    tokens = _tokens(grid)
    if not hidden:
        return _by_token(tokens, key, campaign, lookup)
    if any(fields != hidden[0] for fields in hidden):
        raise RefusedFile("forged_identity", found="文件中有几份不同的标识")
    identity = _verified(hidden[0], key, campaign)
    if tokens and identity.token(key).casefold() not in tokens:
        raise RefusedFile("forged_identity", found="封面与隐藏标识不一致")
    return identity


def _fields(sheet: Sheet) -> Mapping[str, str] | None:
    """The identity sheet's names and values, None for any other sheet."""
    if len(sheet.cells) > 100:  # noqa: PLR2004 - the identity sheet has some 20 cells
        return None
    fields = {
        cell.raw.strip(): _text(sheet.cells.get((row, 1))) for (row, column), cell in sheet.cells.items() if column == 0
    }
    return fields if fields.keys() >= _NEEDED else None


def _text(cell: Cell | None) -> str:
    return "" if cell is None else cell.raw.strip()


def _verified(fields: Mapping[str, str], key: bytes, campaign: str) -> Identity:
    if fields["campaign"] != campaign:
        raise RefusedFile("other_campaign", found=fields["campaign"])
    if fields.get("format", "") not in {"", FORMAT}:
        raise RefusedFile("old_edition", found=f"标识格式{fields['format']}")
    if fields.get("kind") not in get_args(RecipientKind):
        raise RefusedFile("forged_identity", found=fields["district"])
    identity = Identity(
        campaign=fields["campaign"],
        edition=fields.get("edition", ""),
        kind=cast("RecipientKind", fields["kind"]),
        district=fields["district"],
        unit=fields.get("unit") or None,
        plan=fields.get("plan", ""),
        serial=fields["serial"],
    )
    if not hmac.compare_digest(identity.signature(key).encode(), fields["signature"].encode()):
        raise RefusedFile("forged_identity", found=identity.whose)
    return identity


def _tokens(grid: Grid) -> set[str]:
    """Every token that stands in a sheet other than the identity sheet, else in the keywords; folded."""
    texts = [
        cell.raw
        for sheet in grid.sheets
        for cell in sheet.cells.values()
        if "-" in cell.raw and cell.kind is Kind.TEXT and TOKEN_PREFIX in cell.raw.upper() and _fields(sheet) is None
    ]
    found = {match[0].casefold() for text in texts for match in _TOKEN.finditer(text)}
    return found or {match[0].casefold() for match in _TOKEN.finditer(grid.keywords)}


def _by_token(tokens: set[str], key: bytes, campaign: str, lookup: Lookup | None) -> Identity:
    if not tokens:
        raise RefusedFile("no_identity")
    if len(tokens) > 1:
        raise RefusedFile("forged_identity", found="文件中有几份不同的标识")
    token = tokens.pop()
    match = _TOKEN.fullmatch(token)
    if match is None or match["campaign"].casefold() != campaign.casefold():
        raise RefusedFile("other_campaign", found=token.upper())
    identity = lookup(match["serial"]) if lookup is not None else None
    if identity is None:
        raise RefusedFile("no_identity")
    if not hmac.compare_digest(identity.token(key).casefold().encode(), token.encode()):
        raise RefusedFile("forged_identity", found=token.upper())
    return identity
