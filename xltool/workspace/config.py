"""`campaign.toml`: what the office decides about a campaign; written once by `init`, then edited by people."""

from __future__ import annotations

import datetime as dt
import re
import secrets
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xltool.messages import os_reason
from xltool.model.edition import Edition
from xltool.model.field import FieldPlan
from xltool.workspace import monitoring
from xltool.workspace.faults import faulty

YEARS = range(2000, 2101)
_KEYS = ("id", "edition", "monitoring_year", "data_year", "sampled", "database", "archive", "deadlines", "field")
_OPTIONAL = ("sampled", "database", "archive", "deadlines", "field")
_ID = re.compile(r"[0-9a-f]{8,32}")
_EDITION = re.compile(r"\w[\w.-]{0,63}")

_TEMPLATE = """\
# 监测项目的设置。用记事本等文本编辑器修改后保存（UTF-8编码），下次运行命令时生效。

# 项目编号和版本由程序生成，请勿修改：发出的表格凭它们识别。
id = {id}
edition = {edition}

# 监测年度和数据年度
monitoring_year = {monitoring_year}
data_year = {data_year}

# 抽样区（撰写分报告的区），例如：sampled = ["甲区", "乙区"]
sampled = {sampled}

# 数据库。留空表示使用本文件夹中的campaign.db；多人同时使用时填写服务器地址，
# 例如：database = "postgresql+psycopg://用户:密码@服务器/数据库"
database = {database}

# 归档：返回文件保存在哪里。留空表示本文件夹中的archive；多人同时使用、各用一份项目文件夹时填写共享文件夹的位置，
# 用单引号，例如：archive = '\\\\服务器\\监测\\archive'
archive = {archive}

# 各阶段的截止日期，样式为2023-09-30
[deadlines]
{deadlines}

# 实地监测：每个抽样区一段，写明日期、监测点、专家（只写称谓，不写姓名）和会议，例如：
# [field."甲区"]
# day = 2023-10-17
# sites = ["甲区社区学院", "乙街道社区学校"]
# experts = ["专家组组长", "专家一", "专家二"]
# meetings = ["上午：区级层面有关负责人座谈会", "下午：学习者座谈会"]
{field}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings. `deadlines`: a deadline's id in the edition's calendar -> its last day."""

    id: str
    edition: str
    monitoring_year: int
    data_year: int
    sampled: tuple[str, ...] = ()
    deadlines: Mapping[str, dt.date] = field(default_factory=dict)
    field_plans: Mapping[str, FieldPlan] = field(default_factory=dict)  # by sampled district
    archive: str = ""  # a shared folder's path; else the campaign's own
    database: str = field(default="", repr=False)  # the address may hold a password


def new_config(edition: Edition, *, sampled: Collection[str] = (), database: str = "") -> Config:
    """The settings of a new campaign: the edition's years and calendar, and a fresh id."""
    config = Config(
        id=secrets.token_hex(4),
        edition=edition.id,
        monitoring_year=edition.monitoring_year,
        data_year=edition.data_year,
        sampled=tuple(sampled),
        deadlines={deadline.id: deadline.end for deadline in edition.calendar},
        database=database,
    )
    verify(config, edition)
    return config


def dumps(config: Config, edition: Edition) -> str:
    """The text of `campaign.toml`, with Chinese comments for the people who edit it."""
    labels = {deadline.id: deadline.label for deadline in edition.calendar}
    deadlines = (f"{key} = {day.isoformat()}  # {labels.get(key, key)}" for key, day in config.deadlines.items())
    return _TEMPLATE.format(
        id=monitoring.quoted(config.id),
        edition=monitoring.quoted(config.edition),
        monitoring_year=config.monitoring_year,
        data_year=config.data_year,
        sampled=f"[{', '.join(monitoring.quoted(name) for name in config.sampled)}]",
        database=monitoring.quoted(config.database),
        archive=monitoring.quoted(config.archive),
        deadlines="\n".join(deadlines),
        field="".join(monitoring.dumps(name, plan) for name, plan in config.field_plans.items()),
    )


def read(path: Path) -> Config:
    """The settings in a file; a `CampaignError` names the first key or line that can't be used."""
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise faulty("unreadable", reason=os_reason(error)) from error
    except UnicodeDecodeError as error:
        raise faulty("toml_encoding") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise (faulty("toml_syntax", line=line[1]) if line else faulty("toml_end")) from error
    return _config(data)


def verify(config: Config, edition: Edition) -> None:
    """Hold the settings against the edition: districts and deadlines that it doesn't know are a fault."""
    if config.edition != edition.id:
        raise faulty("other_edition", found=config.edition, expected=edition.id)
    _known("sampled", config.sampled, [district.name for district in edition.districts])
    _known("deadlines", config.deadlines, [deadline.id for deadline in edition.calendar])
    _known("field", config.field_plans, config.sampled)
    for name, plan in config.field_plans.items():
        monitoring.verify(name, plan, edition.field_scheme)


def _config(data: Mapping[str, object]) -> Config:
    for key in data:
        if key not in _KEYS:
            raise faulty("key_unknown", key=key)
    for key in _KEYS:
        if key not in data and key not in _OPTIONAL:
            raise faulty("key_missing", key=key)
    return Config(
        id=_text(data, "id", _ID, "8到32位十六进制数（由程序生成，请勿修改）"),
        edition=_text(data, "edition", _EDITION, '版本名称，如"2023"'),
        monitoring_year=_year(data, "monitoring_year"),
        data_year=_year(data, "data_year"),
        sampled=_sampled(data.get("sampled", [])),
        deadlines=_deadlines(data.get("deadlines", {})),
        field_plans=monitoring.plans(data.get("field", {})),
        database=_text(data, "database", re.compile(r"|\w[\w+]*://.*"), "空，或数据库地址"),
        archive=_text(data, "archive", re.compile(r"[^\x00-\x1f]*"), "空，或共享文件夹的位置，用单引号"),
    )


def _text(data: Mapping[str, object], key: str, pattern: re.Pattern[str], expected: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise faulty("key_wrong", key=key, expected=expected)
    return value


def _year(data: Mapping[str, object], key: str) -> int:
    value = data[key]
    if isinstance(value, bool) or not isinstance(value, int) or value not in YEARS:
        raise faulty("key_wrong", key=key, expected="四位数的年份，如2023")
    return value


def _sampled(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise faulty("key_wrong", key="sampled", expected='区名的列表，如["甲区", "乙区"]')
    for position, name in enumerate(value):
        if name in value[:position]:
            raise faulty("value_doubled", key="sampled", value=name)
    return tuple(value)


def _deadlines(value: object) -> dict[str, dt.date]:
    if not isinstance(value, dict):
        raise faulty("key_wrong", key="deadlines", expected="[deadlines]下每行一个日期")
    for key, day in value.items():
        if isinstance(day, dt.datetime) or not isinstance(day, dt.date):
            raise faulty("key_wrong", key=f"deadlines.{key}", expected="日期，样式为2023-09-30，不加引号")
    return dict(value)


def _known(key: str, values: Collection[str], known: Collection[str]) -> None:
    for value in values:
        if value not in known:
            raise faulty("value_unknown", key=key, value=value, known="、".join(known))
