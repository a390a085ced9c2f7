"""Documents and files: which file a name means, what is said where none can be told, and what is covered."""

from __future__ import annotations

import pytest
from builders.attachments import EAST, UNIT, WEST, document, edition, file, found, matched, said
from hypothesis import example, given
from hypothesis import strategies as st

from xltool import evidence, messages
from xltool.evidence.documents import nodes_of
from xltool.evidence.findings import size_text
from xltool.evidence.matching import groups_of
from xltool.model.evidence import Attachment, Owner, Received


def test_a_named_file_that_came_needs_no_word() -> None:
    documents = [document(attachment="通知.PDF", secondary_attachments="照片1.jpg；D:\\照片2.JPG")]
    files = [file("箱/通知.pdf"), file("箱/照片1.jpg"), file("箱/附件.zip!照片2.jpg")]

    one = matched(documents, files)

    assert [(mention.column, mention.state) for mention in one.mentions] == [
        ("attachment", Received.RECEIVED),
        ("secondary_attachments", Received.RECEIVED),
        ("secondary_attachments", Received.RECEIVED),
    ]
    assert said(documents, files) == []


def test_a_missing_file_is_said_at_the_cell_that_names_it() -> None:
    documents = [document(attachment="通知.pdf", secondary_attachments="照片1.jpg；照片2.jpg")]

    (one,) = found(documents, [file("通知.pdf"), file("照片1.jpg")])

    _, message, action = messages.finding("attachment_missing", label="次要附件", name="照片2.jpg")
    assert (one.message, one.action, one.severity) == (message, action, "warning")
    assert (one.sheet, one.cell, one.file, one.version) == ("大事记", "secondary_attachments1", "表.xlsx", 1)


def test_a_name_with_a_separator_in_it_is_one_name_where_such_a_file_came() -> None:
    documents = [document(attachment="计划、总结.pdf")]

    assert said(documents, [file("计划、总结.pdf")]) == []
    assert said(documents, [file("计划.pdf")])[0] == ("attachment_missing", 1, "attachment")


@pytest.mark.parametrize(
    ("written", "came"),
    [("总结", "总结.docx"), ("总结.doc", "总结.docx"), ("附件1：总结.pdf", "总结.pdf"), ("《总结》.pdf", "总结.pdf")],
)
def test_a_file_told_by_another_name_is_taken_with_a_hint(written: str, came: str) -> None:
    assert said([document(attachment=written)], [file(came)]) == [("attachment_renamed", 1, "attachment")]


def test_one_name_for_two_contents_is_no_choice() -> None:
    files = [file("一/照片.jpg", "甲"), file("二/照片.jpg", "乙")]

    assert said([document(attachment="照片.jpg")], files) == [("attachment_ambiguous", 1, "attachment")]
    assert said([document(attachment="二\\照片.jpg")], files) == []
    assert said([document(attachment="照片.jpg")], [files[0], file("二/照片.jpg", "甲")]) == []


def test_the_units_own_file_goes_before_the_districts_and_a_later_one_before_an_earlier() -> None:
    files = [file("区/附件.pdf", "甲"), file("局/附件.pdf", "乙", [UNIT]), file("局2/附件.pdf", "丙", [UNIT], day=2)]

    one = matched([document(UNIT, attachment="附件.pdf"), document(EAST, attachment="附件.pdf")], files)

    assert [mention.attachment and mention.attachment.sha256 for mention in one.mentions] == ["丙", "甲"]
    assert one.surplus == ()


def test_a_name_in_two_rows_is_said_at_the_second() -> None:
    documents = [document(attachment="通知.pdf"), document(row=2, attachment="通知.PDF")]

    assert said(documents, [file("通知.pdf")]) == [("attachment_named_twice", 2, "attachment")]


def test_one_content_under_two_names_is_said_at_the_second() -> None:
    documents = [document(attachment="甲.pdf"), document(UNIT, attachment="乙.pdf")]
    files = [file("甲.pdf", "同"), file("乙.pdf", "同", [UNIT])]

    (one,) = found(documents, files)

    assert (one.code, one.unit) == ("attachment_doubled", "甲局")
    assert "“大事记”第1条" in one.message


@pytest.mark.parametrize(
    ("problem", "size", "code"),
    [
        ("too_large", 2 << 30, "attachment_too_large"),
        ("encrypted", 9, "attachment_unreadable"),
        ("damaged", None, "attachment_unreadable"),
        (None, 0, "attachment_empty"),
    ],
)
def test_a_file_that_could_not_be_taken_is_said_at_its_cell(problem: str | None, size: int | None, code: str) -> None:
    files = [file("录像.mp4", problem=problem, size=size, sha256=None if problem else "空")]

    (one,) = found([document(attachment="录像.mp4")], files)

    assert one.code == code
    assert ("2.0GB" in one.message) == (code == "attachment_too_large")
    assert matched([document(attachment="录像.mp4")], files).surplus == ()


def test_a_file_that_no_document_names_is_surplus_and_told_where_it_is_whose() -> None:
    documents = [document(attachment="甲.pdf")]

    (one,) = found(documents, [file("甲.pdf"), file("箱/多余.pdf", owners=[UNIT])])

    assert (one.code, one.file, one.unit, one.item) == ("attachment_surplus", "箱/多余.pdf", "甲局", None)


def test_files_between_two_districts_belong_to_whoever_names_them_alone() -> None:
    both = [
        file("甲.pdf", owners=[EAST, WEST]),
        file("附件1.pdf", owners=[EAST, WEST]),
        file("丙.pdf", owners=[EAST, WEST]),
    ]
    documents = [
        document(attachment="甲.pdf"),
        document(row=2, attachment="附件1.pdf"),
        document(WEST, attachment="附件1.pdf"),
    ]

    whole = evidence.match(["东区", "西区"], documents, both)

    assert [mention.state for mention in whole["东区"].mentions] == [Received.RECEIVED, Received.SHARED]
    assert [mention.state for mention in whole["西区"].mentions] == [Received.SHARED]
    assert [one.name for one in evidence.unclaimed(both, whole.values())] == ["丙.pdf"]


def test_related_documents_are_titles_of_the_same_return() -> None:
    documents = [
        document(title="《读书节 方案》", attachment="甲.pdf"),
        document(row=2, title="读书节", attachment="乙.pdf", related="读书节方案；《活动、总结》；读书节"),
        document(row=3, title="活动、总结", attachment="丙.pdf", related="活动、总结"),
        document(UNIT, title="局里的文件", attachment="丁.pdf", related="读书节"),
    ]
    files = [file(f"{name}.pdf") for name in "甲乙丙丁"]

    related = {(one.row, title): meant and meant.row for one, title, meant in matched(documents, files).related}

    assert related == {
        (2, "读书节方案"): 1,
        (2, "《活动"): None,
        (2, "总结》"): None,
        (2, "读书节"): None,
        (3, "活动、总结"): None,
        (1, "读书节"): None,
    }
    assert said(documents, files).count(("related_itself", 2, "related")) == 1
    assert said(documents, files).count(("related_unknown", 1, "related")) == 1


def test_a_document_counts_at_the_deepest_node_it_names_and_above() -> None:
    nodes = edition().framework_by_id

    def counts(*names: str) -> tuple[str, ...]:
        return nodes_of(edition(), [nodes[name] for name in names])

    assert counts("1", "1.1", "1.1.1", "1.1.1-2") == ("1", "1.1", "1.1.1", "1.1.1-2")
    assert counts("1.1.1-2") == ("1", "1.1", "1.1.1", "1.1.1-2")
    assert counts("1", "1.1") == ("1", "1.1")
    assert counts("1", "1.1", "2.1.1") == ("1", "1.1")  # a choice that isn't below the one before it
    assert counts() == ()


def test_whose_a_file_is_follows_the_folders() -> None:
    returns = [("箱/东区/表.xlsx", EAST), ("箱/东区/单位/局.xlsx", UNIT), ("箱/西区.zip!表/西.xlsx", WEST)]

    def owners(name: str) -> set[Owner]:
        return set(evidence.Nearby(returns).owners_of(name))

    assert owners("箱/东区/甲.pdf") == owners("箱/东区/附件/甲.pdf") == owners("箱/东区/附件.zip!甲.pdf") == {EAST}
    assert owners("箱/东区/单位/附件/甲.pdf") == {UNIT}
    assert owners("箱/西区.zip!附件/甲.pdf") == {WEST}
    assert owners("箱/甲.pdf") == {EAST, UNIT, WEST}


@given(st.integers(min_value=0, max_value=1 << 50))
@example(1048525)
def test_sizes_are_said_in_four_figures_at_most(size: int) -> None:
    text = size_text(size)
    number = float(text.rstrip("字节KMGB"))

    assert number < 1024 or text.endswith("GB")
    assert text.endswith("字节") == (size < 1024)


@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁"), st.sampled_from("一二三"), st.integers(1, 2)), max_size=8))
def test_every_file_is_used_or_surplus_and_every_name_has_one_state(sent: list[tuple[str, str, int]]) -> None:
    files = [file(f"{folder}/{name}.pdf", f"{name}{folder}", day=day) for name, folder, day in sent]
    documents = [document(row=row, attachment=f"{name}.pdf") for row, name in enumerate("甲乙戊", start=1)]

    one = matched(documents, files)

    assert len(one.mentions) == 3
    assert one.mentions[2].state is Received.MISSING
    for mention in one.mentions:
        assert (mention.attachment is not None) == (mention.state is Received.RECEIVED)
    assert {surplus.name for surplus in one.surplus} == {f"{name}.pdf" for name, _, _ in sent} - {"甲.pdf", "乙.pdf"}


def test_districts_are_matched_by_themselves_unless_files_lie_between_them() -> None:
    names = ("甲区", "乙区", "丙区", "丁区")
    own, shared, elsewhere = (
        Attachment(file=file, sha256=file, size=1, owners=frozenset((name, None) for name in owners))
        for file, owners in (("1.pdf", ("乙区",)), ("2.pdf", ("丙区", "甲区")), ("3.pdf", ("戊区",)))
    )
    groups = dict(groups_of(names, (own, shared, elsewhere)))
    assert groups == {("乙区",): (own,), ("甲区", "丙区"): (shared,), ("丁区",): ()}
    assert list(groups) == [("乙区",), ("甲区", "丙区"), ("丁区",)]


@given(st.lists(st.frozensets(st.sampled_from("甲乙丙丁戊"), min_size=1, max_size=3), max_size=6))
def test_groups_hold_every_district_once_and_each_file_with_all_its_districts(owners: list[frozenset[str]]) -> None:
    files = [
        Attachment(file=f"{number}.pdf", sha256=None, size=None, owners=frozenset((name, None) for name in names))
        for number, names in enumerate(owners)
    ]
    groups = list(groups_of("甲乙丙丁", files))
    assert sorted(name for group, _ in groups for name in group) == sorted("甲乙丙丁")
    for group, own in groups:
        assert all(file.districts & set("甲乙丙丁") <= set(group) for file in own)
    assert sum(len(own) for _, own in groups) == sum(bool(names & set("甲乙丙丁")) for names in owners)
