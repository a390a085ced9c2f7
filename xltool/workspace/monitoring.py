"""The settings of the field day: `[field."district"]` in `campaign.toml`."""

from __future__ import annotations

import datetime as dt
import json
import re

from xltool.model.field import FieldPlan
from xltool.model.scheme import FieldScheme
from xltool.workspace.faults import faulty

LISTS = ("sites", "experts", "meetings")
LONGEST = 60  # letters of a site's or an expert's name, which stand in file names and dropdowns
UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]|^\.|\.$')


def plans(value: object) -> dict[str, FieldPlan]:
    """What is set for each district."""
    if not isinstance(value, dict):
        raise faulty("key_wrong", key="field", expected='每个抽样区一段，如[field."甲区"]')
    return {str(name): _plan(f"field.{name}", content) for name, content in value.items()}


def _plan(key: str, content: object) -> FieldPlan:
    if not isinstance(content, dict):
        raise faulty("key_wrong", key=key, expected="一段设置")
    for name in content:
        if name not in ("day", *LISTS):
            raise faulty("key_unknown", key=f"{key}.{name}")
    day = content.get("day")
    if day is not None and (isinstance(day, dt.datetime) or not isinstance(day, dt.date)):
        raise faulty("key_wrong", key=f"{key}.day", expected="日期，样式为2023-10-17，不加引号")
    return FieldPlan(day=day, **{name: _names(f"{key}.{name}", content.get(name, [])) for name in LISTS})


def _names(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) and name.strip() for name in value):
        raise faulty("key_wrong", key=key, expected='文字的列表，如["甲", "乙"]')
    for position, name in enumerate(value):
        if name in value[:position]:
            raise faulty("value_doubled", key=key, value=name)
    return tuple(name.strip() for name in value)


def verify(district: str, plan: FieldPlan, scheme: FieldScheme | None) -> None:
    """Hold a district's settings against the edition: it has field monitoring, and as many sites as it wants."""
    if scheme is None:
        raise faulty("field_none")
    key = f"field.{district}.sites"
    if plan.sites and not scheme.fewest_sites <= len(plan.sites) <= scheme.most_sites:
        raise faulty("key_wrong", key=key, expected=f"{scheme.fewest_sites}至{scheme.most_sites}个监测点")
    for name in (*plan.sites, *plan.experts):
        if len(name) > LONGEST or UNFIT.search(name):
            raise faulty(
                "key_wrong",
                key=f"field.{district}",
                expected=f"不超过{LONGEST}个字、可用作文件名的名称（“{name}”不可用）",
            )


def dumps(district: str, plan: FieldPlan) -> str:
    """The text of a district's settings."""
    lines = ["", f"[field.{quoted(district)}]"]
    lines += [f"day = {plan.day.isoformat()}"] if plan.day else []
    lines += [f"{name} = [{', '.join(quoted(one) for one in getattr(plan, name))}]" for name in LISTS]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are a subset of TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
