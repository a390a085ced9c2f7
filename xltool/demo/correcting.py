"""People who correct: a marked workbook that went back is opened, mistakes are put right, and it is saved to return."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xltool.campaign import Campaign
from xltool.demo import people
from xltool.demo.answers import Answers
from xltool.demo.entries import Key
from xltool.demo.mistakes import Mistake, split
from xltool.demo.people import Filling


def correct(campaign: Campaign, marked: Path, target: Path, answers: Answers, mistakes: Sequence[Mistake]) -> None:
    """Put the mistakes of one marked workbook right, as the samples have it, and save it at `target`."""
    filling = Filling(source=marked, target=target, samples=right(answers, mistakes), mistaken=wiped(answers, mistakes))
    people.fill_one(campaign.workspace.root, filling)


def right(answers: Answers, mistakes: Sequence[Mistake]) -> dict[Key, str]:
    """What stands in the samples where the mistakes were made."""
    kept, _ = split(answers, mistakes)
    return {key: text for key, text in answers.typed.items() if key not in kept}


def wiped(answers: Answers, mistakes: Sequence[Mistake]) -> dict[Key, None]:
    """Cells that were filled though the samples have nothing there."""
    _, mistaken = split(answers, mistakes)
    return {key: None for key in mistaken if key not in answers.typed}
