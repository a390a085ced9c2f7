"""File names as people write them."""

from __future__ import annotations

import pytest

from xltool.evidence.names import bare, comparable, folders_of, lies_in, names_in, stem


@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("通知.PDF", "通知.pdf"),
        ("通知．ｐｄｆ", "通知.pdf"),
        (" 通知 .pdf ", "通知.pdf"),
        ("D:\\监测\\附件\\通知.pdf", "通知.pdf"),
        ("附件/通知.pdf", "通知.pdf"),
        ("通知（2022）.pdf", "通知(2022).pdf"),
        ("通\u200b知.pdf", "通知.pdf"),
        ("ガイド.pdf", "カ\u3099イト\u3099.pdf"),  # decomposed, as macOS names files
    ],
)
def test_case_width_spaces_and_folders_make_no_difference(written: str, file: str) -> None:
    assert comparable(written) == comparable(file)


@pytest.mark.parametrize(
    "written", ["《通知》.pdf", "附件1：通知.pdf", "见附件：通知.pdf", "1.通知.pdf", "（1）通知.pdf", "“通知.pdf”"]
)
def test_quotes_and_numbering_are_left_out_of_bare_names(written: str) -> None:
    assert comparable(written) != "通知.pdf"
    assert bare(written) == "通知.pdf"


def test_an_ending_is_letters_and_a_number_in_a_name_stays() -> None:
    assert stem("通知.docx") == stem("通知") == "通知"
    assert stem("2.0版方案.pdf") == "2.0版方案"
    assert stem("第1.2号文") == "第1.2号文"
    assert bare("附件1.pdf") == "附件1.pdf"  # the whole name is a number: nothing else is left


def test_several_names_in_a_cell() -> None:
    assert names_in("甲.pdf；乙.jpg;丙.docx\n丁.pdf、戊.pdf，") == ["甲.pdf", "乙.jpg", "丙.docx", "丁.pdf", "戊.pdf"]


def test_folders_that_are_written_are_compared_from_the_end() -> None:
    assert lies_in("/收件/东区/附件/甲.pdf", folders_of("东区\\附件\\甲.pdf"))
    assert not lies_in("/收件/西区/附件/甲.pdf", folders_of("东区\\附件\\甲.pdf"))
    assert not lies_in("/收件/东区/附件/甲.pdf", folders_of("甲.pdf"))
