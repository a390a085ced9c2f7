"""Locked content changed: labels, units, heads, lists, formulas, locks; cells merged and cut."""

from __future__ import annotations

import re
from collections.abc import Mapping

from builders.returns import Address
from lxml import etree

from corpus.book import OFFICE, RELATIONS, WORKBOOK, Book, Content, tag
from corpus.kinds import Damaged, Expected, Group, Said
from corpus.structure import CULTURE, FUNDS, HOLDINGS, ITEMS, LIBRARY, SCALARS, STAFF, VALUE, Damage, lost, missing

CHANGE, STATE = 6, 11  # columns of formulas on the sheet of single items
CHOICES = "_lists"

DRAWING = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><xdr:wsDr'
    b' xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    b' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">%b</xdr:wsDr>'
)


def typed(*contents: tuple[str, str, Content]) -> Damage:
    """Contents typed over cells: sheet, cell, content."""

    def damage(book: Book) -> None:
        for sheet, cell, content in contents:
            book.sheet(sheet).put(cell, content)

    return damage


def formula_of(cell: etree._Element) -> etree._Element:
    found = cell.find(tag("f"))
    assert found is not None
    return found


def respelt(book: Book) -> None:
    """Other case of functions, spaces, a prefix, quotes left out: as programs write the same formulas."""
    for name in book.sheets():
        for cell in book.sheet(name).cells.values():
            found = cell.find(tag("f"))
            if found is not None and found.text:
                text = re.sub(r"'(\w+)'!", r"\1!", found.text)
                found.text = text.replace("IF(", "_xlfn.If( ", 1).replace("FALSE", "FALSE()")


def shared(book: Book, *, wrong: bool = False) -> None:
    """The formulas of a column stand once and are shared, as Excel writes them."""
    sheet = book.sheet(ITEMS)
    for number, row in enumerate(range(CULTURE, STAFF + 1)):
        found = formula_of(sheet.cells[row, CHANGE])
        found.set("t", "shared")
        found.set("si", "0")
        if number == 0:
            found.set("ref", "G6:G9")
            found.text = (found.text or "").replace("E6", "E5") if wrong else found.text
        else:
            found.text = None


def wrongly_shared(book: Book) -> None:
    shared(book, wrong=True)


def all_states_replaced(book: Book) -> None:
    sheet = book.sheet(ITEMS)
    for row in range(CULTURE - 1, STAFF + 2):
        sheet.put((row, STATE), "")


def merged(area: str) -> Damage:
    """Cells merged by a program that keeps what the hidden ones hold."""

    def damage(book: Book) -> None:
        book.replace(book.part_of(ITEMS), '<mergeCells count="2">', f'<mergeCells count="3"><mergeCell ref="{area}"/>')

    return damage


def named(book: Book, item: str, target: str) -> None:
    """The defined name of an item's cell refers to another cell."""
    book.edit(WORKBOOK, lambda data: re.sub(f'(name="x_{item}">)[^<]*'.encode(), rb"\g<1>" + target.encode(), data))


def cut_into_input(book: Book) -> None:
    """A value is cut and pasted over another item's: its name goes with it, the other one's is lost."""
    sheet = book.sheet(ITEMS)
    sheet.cells[HOLDINGS, VALUE] = sheet.cells.pop((LIBRARY, VALUE))
    named(book, "library_area", f"'{ITEMS}'!$E$8")
    named(book, "library_holdings", f"'{ITEMS}'!#REF!")


def cut_away(book: Book) -> None:
    sheet = book.sheet(ITEMS)
    sheet.cells[40, VALUE] = sheet.cells.pop((LIBRARY, VALUE))
    named(book, "library_area", f"'{ITEMS}'!$E$41")


def cut_and_retyped(book: Book) -> None:
    cut_away(book)
    book.sheet(ITEMS).put((LIBRARY, VALUE), 17000)


def key_column_deleted(book: Book) -> None:
    """As a spreadsheet program deletes it: names move along."""
    book.sheet(ITEMS).delete_columns(0)
    book.edit(WORKBOOK, lambda data: data.replace(f"'{ITEMS}'!$E$".encode(), f"'{ITEMS}'!$D$".encode()))


def keys_and_labels_gone(book: Book) -> None:
    """The key and the label of a row are gone: the name alone proves nothing."""
    book.sheet(ITEMS).put("A7", None)
    book.sheet(ITEMS).put("C7", "某项数据")


def unlocked(book: Book) -> None:
    book.edit(book.part_of(ITEMS), lambda data: re.sub(rb"<sheetProtection[^>]*/>", b"", data))


def linked(book: Book) -> None:
    relation = f'<Relationship Id="x1" Type="{OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/>'
    book.replace(RELATIONS, "</Relationships>", f"{relation}</Relationships>")


def with_part(name: str, content: bytes) -> Damage:
    """A part that no sheet's cells depend on."""

    def damage(book: Book) -> None:
        book.parts[name] = content

    return damage


def text_box(book: Book) -> None:
    shape = (
        b"<xdr:sp><xdr:txBody><a:p><a:r><a:t>" + "此数有误".encode() * 40 + b"</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )
    book.parts["xl/drawings/drawing1.xml"] = DRAWING % shape


def kind(
    name: str, title: str, damage: Damage, *said: Said, values: Mapping[Address, Expected] | None = None
) -> Damaged:
    return Damaged(group=Group.ALTERED, name=name, title=title, damage=damage, said=said, values=values or {})


def unread(*items: str) -> dict[Address, Expected]:
    """The values of these items can't be attributed; their remarks can."""
    return {address: "missing" for address in missing(*items) if address[2] is None}


def cases() -> tuple[Damaged, ...]:
    """The kinds."""
    at = f"{ITEMS}!"
    budgets: dict[Address, Expected] = {("special_funds", row, "budget"): "missing" for row in (1, 2, 4)}
    return (
        kind(
            "label_reworded", "改写项目名称", typed((ITEMS, "C7", "图书馆面积（含分馆）")), ("label_changed", f"{at}E7")
        ),
        kind("label_deleted", "删去项目名称", typed((ITEMS, "C7", None)), ("label_changed", f"{at}E7")),
        kind("label_spaced", "项目名称中加空格换行", typed((ITEMS, "C7", " 图书馆总\n建筑面积 "))),
        kind(
            "labels_swapped",
            "两个项目名称对调",
            typed((ITEMS, "C7", "区属及街（镇）公共图书馆总藏量"), (ITEMS, "C8", "图书馆总建筑面积")),
            ("label_moved", f"{at}E7"),
            ("label_moved", f"{at}E8"),
            values=missing("library_area", "library_holdings"),
        ),
        kind(
            "unit_changed",
            "改动计量单位",
            typed((ITEMS, "D7", "亩")),
            ("unit_changed", f"{at}E7"),
            values=unread("library_area"),
        ),
        kind("unit_respelt", "计量单位换一种写法", typed((ITEMS, "D7", "平方米")), ("labels_changed", f"{at}D7")),
        kind("head_reworded", "改写表头", typed((FUNDS, "C10", "项目")), ("head_changed", f"{FUNDS}!C10")),
        kind(
            "head_unit",
            "改动表头中的单位",
            typed((FUNDS, "E10", "预算\n（元）")),
            ("head_unit_changed", f"{FUNDS}!E10"),
            values=budgets,
        ),
        kind(
            "heads_swapped",
            "填报值和上年值的表头对调",
            typed((ITEMS, "E4", "上年值"), (ITEMS, "F4", "填报值")),
            ("head_moved", f"{at}E4"),
            values=unread(*SCALARS),
        ),
        kind("title_changed", "改写标题", typed((ITEMS, "B1", "某单位数据")), ("labels_changed", f"{at}B1")),
        kind("owner_changed", "改写封面上的单位", typed(("封面", "B3", "某区 某局")), ("labels_changed", "封面!B3")),
        kind("list_changed", "改动隐藏的下拉选项", typed((CHOICES, "Q3", "其他")), ("lists_changed", f"{CHOICES}!Q3")),
        kind("formula_value", "公式被数值替换", typed((ITEMS, "G7", 0.5)), ("formulas_replaced", f"{at}G7")),
        kind("formula_changed", "公式被改写", typed((ITEMS, "G7", "=E7-F7")), ("formulas_changed", f"{at}G7")),
        kind("formula_deleted", "公式被删除", typed((ITEMS, "G7", None)), ("formulas_deleted", f"{at}G7")),
        kind("formulas_value", "一列公式被替换", all_states_replaced, ("formulas_deleted", f"{at}L5")),
        kind("formulas_respelt", "公式写法不同", respelt),
        kind("formulas_shared", "公式存为共享公式", shared),
        kind("formulas_wrongly_shared", "共享公式被改写", wrongly_shared, ("formulas_changed", f"{at}G6")),
        kind(
            "merged_values",
            "合并两个填报值",
            merged("E7:E8"),
            ("merged_cells", f"{at}E7"),
            ("merged_cells", f"{at}E8"),
            values=unread("library_area", "library_holdings"),
        ),
        kind("merged_aside", "填报值与旁边的锁定格合并", merged("E7:G7")),
        kind(
            "merged_over",
            "计量单位与填报值合并",
            merged("D7:E7"),
            ("merged_cells", f"{at}E7"),
            values=unread("library_area"),
        ),
        kind(
            "cut_into_input",
            "剪切到别的填报格",
            cut_into_input,
            ("cell_moved", f"{at}E8"),
            values={("library_area", None, None): None, ("library_holdings", None, None): 18300},
        ),
        kind(
            "cut_away",
            "剪切到表格之外",
            cut_away,
            ("content_outside", f"{at}E41"),
            ("cell_moved_away", f"{at}E41"),
            values={("library_area", None, None): None},
        ),
        kind(
            "cut_and_retyped",
            "剪切到表格之外又重新填写",
            cut_and_retyped,
            ("content_outside", f"{at}E41"),
            ("two_candidates", f"{at}E41"),
            values={("library_area", None, None): None},
        ),
        kind("key_column_deleted", "删除编号列，名称还在", key_column_deleted, ("found_by_name", f"{at}D5")),
        kind(
            "keys_and_labels_gone",
            "编号和项目名称都没有了",
            keys_and_labels_gone,
            ("content_lost", None),
            values=lost("library_area"),
        ),
        kind("content_outside", "表格之外填写内容", typed((ITEMS, "E41", 1234)), ("content_outside", f"{at}E41")),
        kind("unlocked_sheet", "一张工作表的保护被取消", unlocked, ("protection_removed", None)),
        kind("blank_typed_over", "在留空的上年值处填写", typed((ITEMS, "F5", 1234)), ("prefilled_changed", f"{at}F5")),
        kind("links", "带有外部链接", linked, ("links", None)),
        kind("text_box", "插入了文本框", text_box, ("objects", None)),
        kind("picture", "插入了图片", with_part("xl/media/image1.png", b"\x89PNG"), ("objects", None)),
        kind("embedded", "插入了文件", with_part("xl/embeddings/oleObject1.bin", b"\xd0\xcf"), ("objects", None)),
        kind("no_drawing", "有画布而没有内容", with_part("xl/drawings/drawing1.xml", DRAWING % b"")),
    )
