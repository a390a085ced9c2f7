"""Whose workbook it is: the hidden sheet, the visible token, the keywords, and what people do to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from builders.returns import KEY, Address

from corpus.bases import base
from corpus.book import WORKBOOK, Book, tag
from corpus.kinds import Damaged, Expected, Group, Said
from xltool.model.identity import Identity

HIDDEN, COVER, CORE = "_xltool", "封面", "docProps/core.xml"
TOKEN = "B36"  # noqa: S105 - an address


def own() -> Identity:
    return base("unit").identity


def field_cell(book: Book, name: str) -> tuple[int, int]:
    """Where the hidden sheet holds a field."""
    sheet = book.sheet(HIDDEN)
    strings = book.strings()
    for (row, column), cell in sheet.cells.items():
        if column == 0 and cell.get("t") == "s" and strings[int(cell.findtext(tag("v"), ""))] == name:
            return row, 1
    raise KeyError(name)


def write_fields(book: Book, fields: Mapping[str, str]) -> None:
    for name, value in fields.items():
        book.sheet(HIDDEN).put(field_cell(book, name), value)


def changed(**fields: str) -> Callable[[Book], None]:
    """Fields of the hidden sheet typed over."""
    return lambda book: write_fields(book, fields)


def reissued(**fields: str) -> Callable[[Book], None]:
    """A hidden sheet and a token as the office itself would have signed them."""

    def damage(book: Book) -> None:
        other = replace(own(), **fields)  # type: ignore[arg-type]  # all texts
        write_fields(book, {**fields, "signature": other.signature(KEY), "token": other.token(KEY)})
        book.sheet(COVER).put(TOKEN, other.token(KEY))

    return damage


def without_hidden(book: Book) -> None:
    book.delete_sheet(HIDDEN)


def token_only(book: Book) -> None:
    without_hidden(book)
    without_keywords(book)


def keywords_only(book: Book) -> None:
    without_hidden(book)
    book.sheet(COVER).put(TOKEN, None)


def without_keywords(book: Book) -> None:
    book.edit(CORE, lambda data: re.sub(rb"<cp:keywords>[^<]*</cp:keywords>", b"", data))


def nothing_left(book: Book) -> None:
    keywords_only(book)
    without_keywords(book)


def other_cover(book: Book) -> None:
    other = replace(own(), serial="9876543210")
    book.sheet(COVER).put(TOKEN, other.token(KEY))


def token_of_nobody(book: Book) -> None:
    token_only(book)
    book.sheet(COVER).put(TOKEN, replace(own(), serial="9876543210").token(KEY))


def token_typed_over(book: Book) -> None:
    token_only(book)
    token = own().token(KEY)
    book.sheet(COVER).put(TOKEN, token[:-1] + ("0" if token[-1] != "0" else "1"))


def two_tokens(book: Book) -> None:
    token_only(book)
    book.sheet(COVER).put("B40", replace(own(), serial="9876543210").token(KEY))


def lower_case_token(book: Book) -> None:
    token_only(book)
    book.sheet(COVER).put(TOKEN, f"识别码：{own().token(KEY).lower()}（请勿改动）")


def second_hidden(book: Book) -> None:
    """A sheet with somebody else's identity was copied in."""
    book.flush()
    copy = Book(book.parts)
    other = replace(own(), serial="9876543210")
    write_fields(copy, {"serial": other.serial, "signature": other.signature(KEY), "token": other.token(KEY)})
    copy.flush()
    book.add_sheet("_xltool2", copy.parts[copy.part_of(HIDDEN)])


def renamed_hidden(book: Book) -> None:
    book.replace(WORKBOOK, f'name="{HIDDEN}"', 'name="Sheet1"')


def kind(
    name: str,
    title: str,
    damage: Callable[[Book], bytes | None],
    refused: str | None = None,
    *said: Said,
    values: Mapping[Address, Expected] | None = None,
) -> Damaged:
    return Damaged(
        group=Group.IDENTITY, name=name, title=title, damage=damage, refused=refused, said=said, values=values or {}
    )


def cases() -> tuple[Damaged, ...]:
    """The kinds."""
    return (
        kind("token_only", "隐藏标识被删除，封面识别码还在", token_only),
        kind("keywords_only", "隐藏标识和封面识别码被删除，文档属性还在", keywords_only),
        kind("token_in_text", "识别码被改成小写并加了文字", lower_case_token),
        kind("renamed_hidden", "隐藏标识的工作表改名", renamed_hidden),
        kind("nothing_left", "标识全部丢失", nothing_left, "no_identity"),
        kind("token_of_nobody", "识别码不在发出记录中", token_of_nobody, "no_identity"),
        kind("token_typed_over", "识别码被改", token_typed_over, "forged_identity"),
        kind("two_tokens", "有两个识别码", two_tokens, "forged_identity"),
        kind("other_cover", "换成别的工作簿的封面", other_cover, "forged_identity"),
        kind("second_hidden", "有两份不同的标识", second_hidden, "forged_identity"),
        kind("other_district", "把区名改成别的区", changed(district="徐汇区"), "forged_identity"),
        kind("other_unit", "把单位名改成别的单位", changed(unit="区体育局"), "forged_identity"),
        kind("other_signature", "签名被改", changed(signature="0" * 64), "forged_identity"),
        kind("other_kind", "标识中的种类不存在", changed(kind="city"), "forged_identity"),
        kind("other_campaign", "别的监测项目的表", reissued(campaign="demo-2022"), "other_campaign"),
        kind("other_format", "标识格式是别的版本", changed(format="9"), "old_edition"),
        kind("other_plan", "按别的方案生成的表", reissued(plan="f" * 64), "old_edition"),
    )
