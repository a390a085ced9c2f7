"""A walk over the catalogue: every code is raised by a sample, and a clerk can act on every text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from builders.raising import SAMPLES

from xltool import data
from xltool import edition as editions
from xltool.messages import FAULTS, FINDINGS, REASONS, REFUSALS, Text
from xltool.model.finding import Finding

ROOT = Path(__file__).parent.parent
SOURCE = tuple((ROOT / "xltool").rglob("*.py"))
CATALOGUE = {**FINDINGS, **REFUSALS, **FAULTS}
WORDS = re.compile(r"[A-Za-z][A-Za-z0-9_.+:/-]*")
KNOWN_WORDS = {
    *("Excel", "WPS", "Word", "PDF", "UTF-8", "GBK", "YAML", "URL"),
    *(
        ".xlsx",
        "xlsx",
        "xls",
        "csv",
        ".csv",
        "outbox",
        "archive",
        ".secret",
        "secret",
        "database",
        "workers",
        "scheduler",
        "sampled",
        "edition",
    ),
    *("campaign.toml", "xltool", "init", "show", "lint", "ingest", "w", "postgresql+psycopg://", "20MB", "MB"),
    *("password", "zip", "as", "generate"),
    *("review", "return", "verify", "status", "findings", "district", "docx", "pdf", "edition.yaml", "statuses"),
    *("field", "field.", "field.yaml", "experts", "sites"),
    *("note", "by", "reopen", "report", "confirmation", "kind"),
    *("and", "or", "not", "round", "previous.", "E"),
}
"""What may stand in Latin letters in a Chinese text: programs, formats, files, commands, words of the rules."""
ASKS = "请"
INTERNAL = re.compile(r"[a-z]+_[a-z_]+")


@cache
def raised(code: str) -> tuple[Finding, ...]:
    return tuple(found for found in SAMPLES[code]() if found.code == code)


def test_every_kind_of_finding_has_a_sample() -> None:
    assert SAMPLES.keys() == FINDINGS.keys()


@pytest.mark.parametrize("code", FINDINGS)
def test_its_sample_raises_it(code: str) -> None:
    assert raised(code)


@pytest.mark.parametrize("code", FINDINGS)
def test_a_finding_says_what_to_do_and_nothing_internal(code: str) -> None:
    for found in raised(code):
        for text in (found.message, found.action):
            assert text.strip()
            assert not text.endswith("。")
            assert not re.search(r"[{}]|None|\bnan\b", text)
            assert not INTERNAL.search(text), text
            assert found.code not in text


@pytest.mark.parametrize("code", FINDINGS)
def test_a_finding_stands_as_the_catalogue_says(code: str) -> None:
    entry = FINDINGS[code]
    assert {found.about for found in raised(code)} == {entry.about}
    if code != "check":  # its severity is the rule's
        assert {found.severity.value for found in raised(code)} <= {entry.severity, "warning", "hint"}


def test_every_text_asks_for_something() -> None:
    """The texts of the edition's rules, which fill the entry `check`, are looked at below."""
    assert [code for code, text in CATALOGUE.items() if ASKS not in text.action] == ["check"]


@pytest.mark.parametrize("code", CATALOGUE)
def test_texts_are_chinese_but_for_names_that_people_see(code: str) -> None:
    strange = {word for text in parts(CATALOGUE[code]) for word in WORDS.findall(text)} - KNOWN_WORDS
    assert strange == set()


def parts(text: Text) -> Iterator[str]:
    """The words of a text between its names in braces."""
    for template in (text.message, text.action):
        yield from (literal for literal, *_ in Formatter().parse(template))


@pytest.mark.parametrize(
    "codes", [FINDINGS, REFUSALS, FAULTS, REASONS], ids=["findings", "refusals", "faults", "reasons"]
)
def test_no_text_is_dead(codes: dict[str, object]) -> None:
    source = "".join(path.read_text("utf-8") for path in SOURCE if "messages" not in path.parts)
    helpers = (ROOT / "xltool/messages/__init__.py").read_text("utf-8")
    assert [code for code in codes if f'"{code}"' not in source + helpers] == []


def test_the_texts_of_the_editions_checks_name_no_id() -> None:
    edition = editions.load(data.folder("rules") / "2023")
    ids = {*edition.item_by_id, *edition.indicator_by_id, *(check.id for check in edition.checks)}
    for check in edition.checks:
        literal = "".join(
            part for text in (check.message, check.action, check.why) for part, *_ in Formatter().parse(text)
        )
        assert not ids & set(WORDS.findall(literal))
        assert ASKS in check.action
