"""Rows, columns and sheets moved, copied, inserted and taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from builders.returns import Address
from lxml import etree

from corpus.bases import base
from corpus.book import Book
from corpus.kinds import Damaged, Expected, Group, Kind, Said

ITEMS, FUNDS, ACTIVITIES, DOCUMENTS = "本单位数据", "专项经费", "大型学习活动", "工作文件"
VALUE, REMARK = 4, 8  # columns of the sheet of single items
CULTURE, LIBRARY, HOLDINGS, STAFF = 5, 6, 7, 8  # its rows
FIRST = 10  # the first entry's row of a list
SCALARS = ("culture_venue_area", "library_area", "library_holdings", "unit_special_budget", "staff_total")
Damage = Callable[[Book], bytes | None]


def lost(*items: str) -> Mapping[Address, Expected]:
    """Everything of these items is gone."""
    return {address: None for address in base("unit").values if address[0] in items}


def missing(*items: str) -> dict[Address, Expected]:
    """All that was filled in for these items can't be attributed."""
    return {address: "missing" for address in base("unit").values if address[0] in items}


def marked(**attributes: str | None) -> Damage:
    """Attributes of all entries in the list of sheets set (`#` is the number), or taken away."""

    def mark(number: int, sheet: etree._Element) -> etree._Element:
        for name, value in attributes.items():
            if value is not None:
                sheet.set(name, value.replace("#", str(number)))
            else:
                sheet.attrib.pop(name, "")
        return sheet

    return lambda book: book.entries(lambda sheets: [mark(number, one) for number, one in enumerate(sheets)])


def reverse_sheets(book: Book) -> None:
    book.entries(lambda sheets: sheets[::-1])


def delete_sheet(name: str) -> Damage:
    return lambda book: book.delete_sheet(name)


def copy_sheet(book: Book) -> None:
    book.flush()
    book.add_sheet(f"{ITEMS} (2)", book.parts[book.part_of(ITEMS)])


def copy_blank_sheet(book: Book) -> None:
    book.flush()
    copy = Book(book.parts)
    sheet = copy.sheet(ITEMS)
    for row in range(CULTURE - 1, STAFF + 2):
        sheet.put((row, VALUE), None)
        sheet.put((row, REMARK), None)
    copy.flush()
    book.add_sheet(f"{ITEMS} (2)", copy.parts[copy.part_of(ITEMS)])


def own_sheet(book: Book) -> None:
    book.add_sheet("计算", Book(base("unit").parts).parts["xl/worksheets/sheet10.xml"])
    book.sheet("计算").cells.clear()
    book.sheet("计算").put("A1", "自己的计算")
    book.sheet("计算").put("B1", 1234)


def sort_with_keys(book: Book) -> None:
    book.sheet(ITEMS).swap_rows(CULTURE, STAFF)


def sort_without_keys(book: Book) -> None:
    book.sheet(ITEMS).swap_rows(LIBRARY, HOLDINGS, first=1)


def sort_list(book: Book) -> None:
    book.sheet(FUNDS).swap_rows(FIRST, FIRST + 3)


def sort_list_without_keys(book: Book) -> None:
    book.sheet(FUNDS).swap_rows(FIRST, FIRST + 1, first=2, last=4)


def typed_row(book: Book) -> None:
    sheet = book.sheet(FUNDS)
    sheet.insert_rows(FIRST + 1)
    sheet.put((FIRST + 1, 2), "插入的专项")
    sheet.put((FIRST + 1, 4), 55)


def typed_below(book: Book) -> None:
    """All entries' rows but four are deleted, and two are typed below them."""
    sheet = book.sheet(FUNDS)
    sheet.move(lambda row, col: None if row > FIRST + 3 else (row, col))
    sheet.put((FIRST + 4, 2), "第五项")
    sheet.put((FIRST + 4, 4), 11)


def cut_value(book: Book) -> None:
    """A value is cut and pasted into the next row's cell, which was blank."""
    sheet = book.sheet(ITEMS)
    sheet.cells[9, VALUE] = sheet.cells.pop((STAFF, VALUE))


def move_block(book: Book) -> None:
    """The whole table of single items is cut and pasted lower and further right."""
    book.sheet(ITEMS).move(lambda row, col: (row + 20, col + 3) if row >= 2 else (row, col))


def block_to_sheet_of_its_own(book: Book) -> None:
    """The table of single items is cut and pasted into a sheet that holds labels only."""
    source, target = book.sheet(ITEMS), book.sheet("固定标签")
    for row, col in list(source.cells):
        if row >= 2:
            target.cells[row + 80, col] = source.cells.pop((row, col))


def block_to_other_sheet(book: Book) -> None:
    """A list is cut and pasted under another one's sheet."""
    source, target = book.sheet(ACTIVITIES), book.sheet(FUNDS)
    for row, col in list(source.cells):
        if row >= 6:
            target.cells[row + 60, col] = source.cells.pop((row, col))


def wipe_keys(*places: tuple[str, str]) -> Damage:
    def damage(book: Book) -> None:
        for sheet, cell in places:
            book.sheet(sheet).put(cell, None)

    return damage


def merge(book: Book) -> None:
    """Two value cells merged: the lower one's content is gone, as programs do it."""
    sheet = book.sheet(ITEMS)
    sheet.put((HOLDINGS, VALUE), None)


def kind(
    name: str,
    title: str,
    damage: Damage,
    *said: Said,
    values: Mapping[Address, Expected] | None = None,
    book: Kind = "unit",
) -> Damaged:
    return Damaged(
        group=Group.STRUCTURE, name=name, title=title, damage=damage, said=said, values=values or {}, book=book
    )


def cases() -> tuple[Damaged, ...]:
    """The kinds; a function, since what is lost is told from the filled workbook."""
    return (
        kind("rename_sheets", "工作表改名", marked(name="Sheet#")),
        kind("rename_sheets_district", "区表的工作表改名", marked(name="Sheet#"), book="district"),
        kind("reverse_sheets", "工作表改变顺序", reverse_sheets),
        kind("show_all", "隐藏的工作表被显示", marked(state=None)),
        kind("hide_all", "工作表被隐藏", marked(state="hidden")),
        kind(
            "delete_items", "删除单项数据的工作表", delete_sheet(ITEMS), ("content_lost", None), values=lost(*SCALARS)
        ),
        kind(
            "delete_list", "删除清单的工作表", delete_sheet(FUNDS), ("content_lost", None), values=lost("special_funds")
        ),
        kind("delete_continuation", "删除没有填写的续表", delete_sheet("专项经费（续）"), ("content_lost", None)),
        kind("delete_lists", "删除隐藏的选项表", delete_sheet("_lists"), ("sheets_deleted", None)),
        kind("delete_tags", "删除没有填报内容的工作表", delete_sheet("固定标签"), ("sheets_deleted", None)),
        kind("copy_sheet", "复制已填的工作表", copy_sheet, ("two_candidates", f"{ITEMS}!A5"), values=lost(*SCALARS)),
        kind("copy_blank_sheet", "复制空白的工作表", copy_blank_sheet, ("sheets_added", None)),
        kind("own_sheet", "增加自己的工作表", own_sheet, ("sheets_added", None)),
        kind("rows_above", "在表头上方插入行", lambda book: book.sheet(ITEMS).insert_rows(0, 3)),
        kind("blank_row_inside", "在数据项之间插入空行", lambda book: book.sheet(ITEMS).insert_rows(LIBRARY, 2)),
        kind("blank_row_in_list", "在清单中插入空行", lambda book: book.sheet(FUNDS).insert_rows(FIRST + 1, 2)),
        kind("typed_row_in_list", "在清单中插入行并填写", typed_row, ("unkeyed_rows", f"{FUNDS}!C12")),
        kind("typed_below_list", "在清单末行之后填写", typed_below, ("unkeyed_rows", f"{FUNDS}!C15")),
        kind("column_before", "在最前面插入列", lambda book: book.sheet(ITEMS).insert_columns(0)),
        kind("column_inside", "在表格中间插入列", lambda book: book.sheet(FUNDS).insert_columns(3)),
        kind(
            "delete_value_column",
            "删除填报值一列",
            lambda book: book.sheet(ITEMS).delete_columns(VALUE),
            ("content_lost", None),
            values={(item, None, None): None for item in SCALARS},
        ),
        kind(
            "delete_label_column",
            "删除说明列",
            lambda book: book.sheet(ITEMS).delete_columns(10),
            ("labels_changed", f"{ITEMS}!K2"),
        ),
        kind(
            "delete_item_row",
            "删除数据项的行",
            lambda book: book.sheet(ITEMS).delete_rows(LIBRARY),
            ("content_lost", None),
            values=lost("library_area"),
        ),
        kind("delete_blank_entries", "删除清单中的空行", lambda book: book.sheet(FUNDS).delete_rows(FIRST + 5, 3)),
        kind(
            "delete_filled_entry",
            "删除清单中已填的行",
            lambda book: book.sheet(FUNDS).delete_rows(FIRST + 1),
            values={("special_funds", 2, "fund_name"): None, ("special_funds", 2, "budget"): None},
        ),
        kind("sort_with_keys", "连同隐藏列排序", sort_with_keys),
        kind(
            "sort_without_keys",
            "不连隐藏列排序",
            sort_without_keys,
            ("label_moved", f"{ITEMS}!E7"),
            ("label_moved", f"{ITEMS}!E8"),
            values=missing("library_area", "library_holdings")
            | {("library_area", None, "remark"): None, ("library_holdings", None, "remark"): "missing"},
        ),
        kind("sort_list", "清单整行排序", sort_list),
        kind(
            "sort_list_without_keys",
            "清单内容排序，不连隐藏列",
            sort_list_without_keys,
            values={
                ("special_funds", 1, "fund_name"): "市民艺术夜校专项",
                ("special_funds", 1, "budget"): 79.5,
                ("special_funds", 2, "fund_name"): "全民阅读专项",
                ("special_funds", 2, "budget"): 120.5,
            },
        ),
        kind(
            "copy_entry",
            "复制清单中的一行",
            lambda book: book.sheet(FUNDS).copy_row(FIRST, FIRST + 5),
            ("two_candidates", f"{FUNDS}!A11"),
            values={("special_funds", 1, "fund_name"): None, ("special_funds", 1, "budget"): None},
        ),
        kind(
            "copy_item_row",
            "复制数据项的一行",
            lambda book: book.sheet(ITEMS).copy_row(LIBRARY, 39),
            ("two_candidates", f"{ITEMS}!A7"),
            values=lost("library_area"),
        ),
        kind(
            "cut_value",
            "数值剪切到别的行",
            cut_value,
            values={("staff_total", None, None): None, ("industry_training_attendance", None, None): 85},
        ),
        kind("move_block", "整块剪切到别处", move_block),
        kind("block_to_other_sheet", "清单剪切到别的工作表", block_to_other_sheet),
        kind("block_to_labels", "单项数据剪切到没有填报内容的工作表", block_to_sheet_of_its_own),
        kind("merge_values", "合并两个填报单元格", merge, values={("library_holdings", None, None): None}),
        kind(
            "wipe_row_key",
            "删去一个隐藏的行编号",
            wipe_keys((ITEMS, "A7")),
            ("found_by_name", f"{ITEMS}!E7"),
        ),
        kind(
            "wipe_block_key",
            "删去隐藏的表头编号",
            wipe_keys((ITEMS, "A3")),
            ("found_by_name", f"{ITEMS}!E5"),
        ),
        kind(
            "wipe_column_key",
            "删去隐藏的列编号",
            wipe_keys((FUNDS, "E7")),
            ("content_lost", None),
            values={("special_funds", row, "budget"): None for row in (1, 2, 4)},
        ),
        kind(
            "delete_key_row",
            "删除隐藏的编号行",
            lambda book: book.sheet(FUNDS).delete_rows(6),
            ("content_lost", None),
            values={address: None for address in base("unit").values if address[0] == "special_funds" and address[1]},
        ),
        kind(
            "delete_key_column",
            "删除隐藏的编号列",
            lambda book: book.sheet(ITEMS).delete_columns(0),
            ("content_lost", None),
            values=lost(*SCALARS),
        ),
        kind(
            "rows_above_district",
            "区表插入行",
            lambda book: book.sheet("基础信息表").insert_rows(0, 2),
            book="district",
        ),
    )
