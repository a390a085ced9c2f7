"""What is handed from one process to another arrives as it was."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, replace

import pytest
from builders.raising import SAMPLES
from builders.values import value

from xltool.model.record import Record


@pytest.mark.parametrize(
    "record",
    [value("library", 8.5), value("library", "不适用", raw=None), *SAMPLES["large_change"]()],
    ids=["number", "text", "finding"],
)
def test_a_record_arrives_as_it_was(record: Record) -> None:
    arrived = pickle.loads(pickle.dumps(record))  # noqa: S301 - our own
    assert arrived == record
    assert hash(arrived) == hash(record)
    assert copy.deepcopy(record) == record
    assert replace(arrived) == record
    with pytest.raises(FrozenInstanceError):
        arrived.district = ""
