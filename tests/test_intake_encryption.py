from __future__ import annotations

from collections.abc import Callable

import pytest
from builders.locking import ods_with_password, workbook_with_password
from builders.ods import ods
from builders.returns import returned

from xltool import intake
from xltool.errors import RefusedFile

GOOD = returned({("school_count", None, None): 12})
ODS = ods("<table:table-row/>", **{"meta.xml": "<meta><keyword>K</keyword></meta>"})


@pytest.mark.parametrize(("password", "said"), [(None, "encrypted"), ("falsch", "wrong_password")])
@pytest.mark.parametrize("lock", [workbook_with_password, ods_with_password])
def test_encrypted_workbooks_are_refused_without_their_password(
    lock: Callable[[bytes, str], bytes], password: str | None, said: str
) -> None:
    data = lock(GOOD if lock is workbook_with_password else ODS, "密码1")
    with pytest.raises(RefusedFile) as caught:
        intake.read_bytes("a", data, password)
    assert (caught.value.code, caught.value.said) == ("encrypted", said)
    assert "falsch" not in str(caught.value.context)


def test_encrypted_workbooks_are_read_with_their_password() -> None:
    assert intake.read_bytes("a", workbook_with_password(GOOD, "密码1"), "密码1") == intake.read_bytes("a", GOOD)
    assert intake.read_bytes("a", ods_with_password(ODS, "密码1"), "密码1") == intake.read_bytes("a", ODS)


def test_a_workbook_that_excel_opens_without_asking_is_read_without_asking() -> None:
    data = workbook_with_password(GOOD, "VelvetSweatshop")
    assert intake.read_bytes("a", data) == intake.read_bytes("a", GOOD)
