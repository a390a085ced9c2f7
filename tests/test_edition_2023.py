"""The shipped edition against the data dictionary: ids, labels, units and formulas are a contract."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter

import pytest

from xltool import edition
from xltool.model.edition import Edition, Level, Scope, Severity

FOLDER = edition.locate("2023")

ITEMS = """
resident_population | 当年区常住人口数 | 万人 | district | 区学习办
population_60_plus | 当年区内60岁及以上老年人口 | 万人 | district | 区学习办
school_count | 社区学院和社区（成人）学校总数 | 所 | district | 区学习办
large_enterprise_count | 当年规模企业总数 | 家 | district | 区学习办
unit_special_budget | 成员单位各类专项经费的总预算 | 万元 | each_unit | 各成员单位
special_funds | 成员单位“学习型城区建设”专项经费预算 | 万元 | each_unit | 各成员单位
college_floor_area | 社区学院校舍面积 | m² | platform | 区学习办
street_school_floor_area | 街镇社区（老年）学校校舍面积 | m² | platform | 区学习办
science_venue_area | 科普教育场馆总建筑面积 | m² | one_unit | 区科委（科协）
culture_venue_area | 文化场馆总建筑面积 | m² | one_unit | 区文化旅游局
library_area | 图书馆总建筑面积 | m² | one_unit | 区文化旅游局
sports_venue_area | 体育场馆总建筑面积 | m² | one_unit | 区体育局
library_holdings | 区属及街（镇）公共图书馆总藏量 | 册 | one_unit | 区文化旅游局
experience_bases_district | 区级体验基地数量 | 个 | platform | 区学习办
experience_bases_city | 市级体验基地数量 | 个 | platform | 区学习办
walk_sites_district | 区级人文行走学习点数量 | 个 | platform | 区学习办
walk_sites_city | 市级人文行走学习点数量 | 个 | platform | 区学习办
elderly_weekly_courses | 老年教育机构周开课数 | 门 | platform | 区学习办
elderly_classrooms | 老年教育机构教室数 | 间 | platform | 区学习办
college_courses | 社区学院开设课程总数 | 门 | platform | 区学习办
street_school_courses | 街镇社区学校（含居、村学习点）开设课程总数 | 门 | platform | 区学习办
other_institution_courses | 其他公益性社区教育机构开设课程总数 | 门 | district | 区学习办
teaching_materials | 社区学院和学校开发的自编和共建教材、多媒体教材数 | 套（个） | district | 区学习办
online_courses | 社区学院和学校开发的在线课程总数 | 个 | district | 区学习办
community_colleges | 社区学院数 | 所 | district | 区学习办
community_schools | 社区（老年）学校数 | 所 | district | 区学习办
neighbourhood_sites | 居村委学习点数 | 个 | district | 区学习办
social_sites | 终身教育社会学习点数 | 个 | district | 区学习办
care_sites | 养教结合学习点数 | 个 | district | 区学习办
service_satisfaction_score | 城区终身学习服务满意度调查数据 | 分（0-100） | platform | 区学习办
fulltime_teachers | 社区教育专职教师数 | 名 | platform | 区学习办
parttime_teachers | 社区教育兼职教师数 | 名 | platform | 区学习办
teachers_with_degree | 专、兼职教师中具有大学本科及以上学历人数 | 名 | platform | 区学习办
registered_volunteers | 注册志愿者总数 | 名 | one_unit | 区精神文明办
other_volunteers | 其他类志愿者 | 名 | district | 区学习办
teachers_total | 全区教师总数（社区教育专、兼职教师总数） | 名 | platform | 区学习办
learners_total | 全区社区教育在学人数 | 人 | platform | 区学习办
trained_teachers | 全年参加市级、区级培训人数 | 人 | district | 区学习办
certified_parttime_teachers | 拥有兼职教师注册证的兼职教师数 | 名 | district | 区学习办
institutions_total | 全区社区（老年）教育机构总数 | 所 | platform | 区学习办
standardised_schools | 社区（老年）学校标准化建设达标数 | 所 | platform | 区学习办
developed_schools | 社区（老年）学校内涵建设达标数 | 所 | platform | 区学习办
excellent_schools | 社区（老年）学校优质校数 | 所 | platform | 区学习办
levy_fund_trainees | 区每年使用地方教育附加专项资金开展职业培训的员工人数 | 人 | one_unit | 区人力资源社会保障局
subsidised_trainees | 区每年参加政府补贴培训目录内培训项目的员工人数 | 人 | one_unit | 区人力资源社会保障局
registered_elderly | 全区老年人口数（户籍） | 万人 | platform | 老年教育工作小组办公室
elderly_learners | 社区学院、老年大学、街镇老年学校、各类学习点学员 | 人 | platform | 区学习办
other_elderly_learners | 参与其他教育机构的老年学习人数 | 人 | district | 区学习办
elderly_teams | 全区老年人学习团队总数 | 个 | platform | 老年教育工作小组办公室
elderly_online_city | 在市级终身教育平台注册的本区老年人数 | 人 | platform | 老年教育工作小组办公室
elderly_online_district | 在区级终身教育平台注册的本区老年人数 | 人 | district | 老年教育工作小组办公室
unemployed_total | 失业人员总数 | 人 | one_unit | 区人力资源社会保障局
unemployed_trained | 参加失业人员培训总人数 | 人 | one_unit | 区人力资源社会保障局
rural_labour_total | 农村劳动力总数 | 人 | one_unit | 区农业农村委
rural_labour_trained | 参加新型职业农民等各类农村职业培训人数 | 人 | one_unit | 区农业农村委
disabled_total | 残障人员总数 | 人 | one_unit | 区残联
disabled_trained | 参加实用技术及针对残障人员的各类培训人数 | 人 | one_unit | 区残联
credit_bank_accounts | 市民在学分银行的开户数 | 个 | platform | 区学习办
learning_organisations | 学习团队、学习型组织的开展情况 | - | platform | 区学习办
staff_total | 本成员单位从业人员总数 | 人 | each_unit | 各成员单位
industry_training_attendance | 参加成员单位行业培训的年度人次 | 人次 | each_unit | 各成员单位
online_users_city | 在市级终身教育平台注册的本区常住人口 | 人 | platform | 区学习办
online_users_district | 在区级终身教育平台注册的本区常住人口 | 人 | district | 区学习办
information_literacy_rate | 市民信息素养的达标率 | % | platform | 区学习办
activities | 参与本区年度大型学习活动人次 | 人次 | each_unit | 各成员单位
experimental_projects | 年度区社区教育专职教师实验项目数 | 项 | district | 区学习办
city_topics | 市级课题数 | 项 | district | 区学习办
association_topics | 协会课题数 | 项 | district | 区学习办
"""
"""id | label | unit of measure (- for text) | level | responsible, in the dictionary's order."""

INDICATORS = """
special_fund_share | 3.1.1 | % | sum(special_funds.budget) / unit_special_budget * 100
education_space_per_10k | 3.2 | m²/万人 | (college_floor_area + street_school_floor_area) / resident_population
cultural_space_per_10k | 3.2 | m²/万人 | (science_venue_area + culture_venue_area + library_area + sports_venue_area) / resident_population
library_holdings_per_capita | 3.2 | 册/人 | library_holdings / (resident_population * 10000)
experience_bases | 3.2 | 个 | experience_bases_district + experience_bases_city
walk_sites | 3.2 | 个 | walk_sites_district + walk_sites_city
classroom_utilisation | 3.2 | 门/间 | elderly_weekly_courses / elderly_classrooms
courses_per_100k | 3.2 | 门/10万人 | (college_courses + street_school_courses + sum(other_institution_courses.courses)) / (resident_population / 10)
materials_per_school | 3.2 | 个/校 | teaching_materials / school_count
online_courses_per_school | 3.2 | 个/校 | online_courses / school_count
learning_places_per_100k | 3.2 | 个/10万人 | (community_colleges + community_schools + neighbourhood_sites + social_sites + care_sites) / (resident_population / 10)
service_satisfaction | 3.2 | 分 | service_satisfaction_score
teachers_per_10k | 3.3 | 名/万人 | (fulltime_teachers + parttime_teachers) / resident_population
volunteers_per_10k | 3.3 | 名/万人 | (registered_volunteers + other_volunteers) / resident_population
degree_share | 3.3 | % | teachers_with_degree / teachers_total * 100
learners_per_teacher | 3.3 | 人/名 | learners_total / teachers_total
teacher_training_rate | 3.3 | % | trained_teachers / teachers_total * 100
certified_parttime_share | 3.3 | % | certified_parttime_teachers / parttime_teachers * 100
standardised_share | 4.1.2 | % | standardised_schools / institutions_total * 100
developed_share | 4.1.2 | % | developed_schools / institutions_total * 100
excellent_share | 4.1.2 | % | excellent_schools / institutions_total * 100
levy_trainees | 4.2 | 人 | levy_fund_trainees
subsidy_trainees | 4.2 | 人 | subsidised_trainees
elderly_participation | 4.2 | % | (elderly_learners + sum(other_elderly_learners.learners)) / (registered_elderly * 10000) * 100
elderly_teams_per_10k | 4.2 | 个/万人 | elderly_teams / registered_elderly
elderly_online_rate | 4.2 | % | (elderly_online_city + sum(elderly_online_district.users)) / (registered_elderly * 10000) * 100
unemployed_training_rate | 4.2 | % | unemployed_trained / unemployed_total * 100
rural_training_rate | 4.2 | % | rural_labour_trained / rural_labour_total * 100
disabled_training_rate | 4.2 | % | disabled_trained / disabled_total * 100
credit_bank_share | 4.2 | % | credit_bank_accounts / (resident_population * 10000) * 100
learning_organisations_note | 4.2 | 文字 | learning_organisations
industry_training_ratio | 4.2 | % | industry_training_attendance / staff_total * 100
online_participation | 4.3 | % | (online_users_city + sum(online_users_district.users)) / (resident_population * 10000) * 100
information_literacy | 4.3 | % | information_literacy_rate
activity_participation | 5.1.1 | % | sum(activities.attendance) / (resident_population * 10000) * 100
projects_per_teacher | 5.2.2 | 项/人 | (experimental_projects + city_topics + association_topics) / fulltime_teachers
"""  # noqa: E501 - one indicator a line
"""id | third- or second-level indicator | unit of measure | formula, in the dictionary's order."""

INDICATOR_LABELS_DIGEST = "1de71981823f8f2996b620ce8ef8e3e968417d6f76c0fe8e0c59556f0ff45770"
FRAMEWORK_DIGEST = "5b07018e7a427bf52b89e19964272f25737c48250590b9cdea6a0ee0449fb89e"
"""SHA-256 over the names in the notice's order, taken from the notice itself (Attachment 1) and from the dictionary."""

TABLES = {
    "special_funds": ("fund_name", "category", "budget"),
    "other_institution_courses": ("institution", "courses"),
    "other_elderly_learners": ("institution", "learners"),
    "elderly_online_district": ("platform", "users"),
    "online_users_district": ("platform", "users"),
    "activities": ("activity", "attendance"),
}
_HEAD = ("title", "year", "date")
_TAIL = ("level1", "level2", "level3", "point", "tags", "attachment")
DOCUMENTS = {
    "work_document": (*_HEAD, "summary", "doc_type", *_TAIL),
    "event": (*_HEAD, "end_date", "summary", "doc_type", *_TAIL, "secondary_attachments", "related"),
    "minutes": (*_HEAD, "agenda", "record", *_TAIL),
    "publicity": (*_HEAD, "summary", "doc_type", *_TAIL),
    "publication": (*_HEAD, "summary", "doc_type", *_TAIL),
}
NOT_UP = {
    "experience_bases",
    "walk_sites",
    "learners_per_teacher",
    "levy_trainees",
    "subsidy_trainees",
    "learning_organisations_note",
}
DISTRICTS = (
    "黄浦区 徐汇区 长宁区 静安区 普陀区 虹口区 杨浦区 闵行区 宝山区 嘉定区 浦东新区 金山区 松江区 青浦区 奉贤区 崇明区"
)
NOTICE_UNITS = (
    "区学习办 区教育局 区财政局 区科委（科协） 区文化旅游局 区体育局 区精神文明办 区人力资源社会保障局 "
    "老年教育工作小组办公室 区农业农村委 区残联 区总工会 区妇联 区委党校"
)


def cells(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split(" | ")] for line in table.strip().splitlines()]


def digest(names: list[str]) -> str:
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


@pytest.fixture(scope="module")
def scheme() -> Edition:
    return edition.load(FOLDER)


def test_the_shipped_edition_has_no_fault() -> None:
    assert edition.lint(FOLDER) == ()


def test_framework_has_the_notices_numbers(scheme: Edition) -> None:
    assert Counter(node.level for node in scheme.framework) == {1: 6, 2: 15, 3: 30, 4: 78}


def test_framework_names_are_the_notices(scheme: Edition) -> None:
    assert digest([node.name for node in scheme.framework]) == FRAMEWORK_DIGEST


def test_only_second_level_indicators_name_who_answers(scheme: Edition) -> None:
    assert {node.level for node in scheme.framework if node.answers} == {2}
    assert all(node.answers and node.short and len(node.short) <= 8 for node in scheme.framework if node.level == 2)


def test_points_are_numbered_below_their_indicator(scheme: Edition) -> None:
    points = [node for node in scheme.framework if node.level == 4]
    assert points[0].id == "1.1.1-1"
    assert points[-1].id == "6.2.2-3"
    assert all(point.id.rpartition("-")[0] == point.parent for point in points)
    assert scheme.framework_by_id["4.1.2"].name == "推动各类终身教育机构的优质发展"


def test_items_are_the_dictionarys(scheme: Edition) -> None:
    found = [
        [item.id, item.label, item.unit_of_measure or "-", item.level.value, item.responsible] for item in scheme.items
    ]
    assert found == cells(ITEMS)


def test_tables_have_the_dictionarys_columns(scheme: Edition) -> None:
    found = {item.id: tuple(column.id for column in item.columns) for item in scheme.items if item.is_table}
    assert found == TABLES
    optional = {(item.id, column.id) for item in scheme.items for column in item.columns if not column.rules.required}
    assert optional == {("special_funds", "category")}


def test_total_and_entry_are_last_and_first_column(scheme: Edition) -> None:
    for name, columns in TABLES.items():
        item = scheme.item_by_id[name]
        assert (item.entry, item.total) == (columns[0], columns[-1])


def test_every_number_has_bounds(scheme: Edition) -> None:
    rules = [item.rules for item in scheme.items if item.rules]
    rules += [column.rules for item in scheme.items for column in item.columns]
    numbers = [each for each in rules if each.type in ("integer", "number")]
    assert all(each.min == 0 and each.max is not None for each in numbers)


def test_only_the_rural_items_may_be_not_applicable(scheme: Edition) -> None:
    assert {item.id for item in scheme.items if item.not_applicable} == {"rural_labour_total", "rural_labour_trained"}


def test_items_belong_where_their_indicator_does(scheme: Edition) -> None:
    base = [item.id for item in scheme.items if item.belongs_to is None]
    assert base == ["resident_population", "population_60_plus", "school_count", "large_enterprise_count"]
    assert [item.id for item in scheme.items if item.informational] == ["large_enterprise_count"]


def test_indicators_are_the_dictionarys(scheme: Edition) -> None:
    found = [[each.id, each.belongs_to, each.unit_of_measure, each.formula] for each in scheme.indicators]
    assert found == cells(INDICATORS)
    assert len(found) == 36
    assert digest([each.label for each in scheme.indicators]) == INDICATOR_LABELS_DIGEST


def test_directions_follow_the_dictionary(scheme: Edition) -> None:
    assert {each.id for each in scheme.indicators if each.direction == "none"} == NOT_UP
    assert {each.direction for each in scheme.indicators} == {"up", "none"}


def test_teachers_per_10k_has_its_two_parts(scheme: Edition) -> None:
    parts = {each.id: [part.formula for part in each.parts] for each in scheme.indicators if each.parts}
    assert parts == {
        "teachers_per_10k": ["fulltime_teachers / resident_population", "parttime_teachers / resident_population"]
    }


def test_only_strict_subsets_of_one_date_are_errors(scheme: Edition) -> None:
    assert {check.expression for check in scheme.checks if check.severity is Severity.ERROR} == {
        "teachers_with_degree <= teachers_total",
        "certified_parttime_teachers <= parttime_teachers",
        "standardised_schools <= institutions_total",
        "developed_schools <= institutions_total",
        "excellent_schools <= institutions_total",
    }


@pytest.mark.parametrize(
    "expression",
    [
        "teachers_total == fulltime_teachers + parttime_teachers",
        "school_count == community_colleges + community_schools",
        "registered_elderly <= population_60_plus * 2 and population_60_plus <= registered_elderly * 2",
        "sum(special_funds.budget) <= unit_special_budget",
        "end_date >= date",
    ],
)
def test_checks_that_the_dictionary_names_are_warnings(scheme: Edition, expression: str) -> None:
    assert [check.severity for check in scheme.checks if check.expression == expression] == [Severity.WARNING]


def test_there_are_at_least_30_checks_of_three_scopes(scheme: Edition) -> None:
    assert len(scheme.checks) >= 30
    assert {check.scope for check in scheme.checks} == {Scope.ROW, Scope.UNIT, Scope.DISTRICT}


def test_documents_have_the_dictionarys_columns(scheme: Edition) -> None:
    assert {each.id: tuple(column.id for column in each.columns) for each in scheme.documents} == DOCUMENTS
    optional = {column.id for each in scheme.documents for column in each.columns if not column.rules.required}
    assert optional == {"end_date", "level3", "point", "tags", "secondary_attachments", "related"}


def test_documents_name_their_own_dates(scheme: Edition) -> None:
    labels = [next(column.label for column in each.columns if column.id == "date") for each in scheme.documents]
    assert labels == ["发生日期", "发生日期", "会议日期", "发布日期", "发表(出版)日期"]


def test_levels_are_dependent_dropdowns(scheme: Edition) -> None:
    for document in scheme.documents:
        chosen = {column.id: column.choices for column in document.columns if column.choices}
        levels = [
            (name, chosen[name].list, chosen[name].depends_on) for name in ("level1", "level2", "level3", "point")
        ]
        assert levels == [
            ("level1", "framework1", None),
            ("level2", "framework2", "level1"),
            ("level3", "framework3", "level2"),
            ("point", "framework4", "level3"),
        ]


def test_every_second_level_indicator_has_tags_of_four_characters(scheme: Edition) -> None:
    tags = {name.removeprefix("tags."): values for name, values in scheme.lists.items() if name.startswith("tags.")}
    assert set(tags) == {node.id for node in scheme.framework if node.level == 2}
    assert all(len(tag) <= 4 for values in tags.values() for tag in values)


def test_districts_stand_in_the_notices_order(scheme: Edition) -> None:
    assert [each.name for each in scheme.districts] == DISTRICTS.split()
    assert [each.without for each in scheme.districts] == [("区农业农村委",)] * 7 + [()] * 9


def test_default_units_are_the_notices_and_usual_ones(scheme: Edition) -> None:
    names = [unit.name for unit in scheme.units]
    assert names[:14] == NOTICE_UNITS.split()
    assert len(names) == 30
    assert [unit.name for unit in scheme.units if not unit.workbook] == ["区学习办", "老年教育工作小组办公室"]


def test_each_one_unit_item_is_answered_for_by_its_responsible_unit(scheme: Edition) -> None:
    answered = {name: unit.name for unit in scheme.units for name in unit.answers_for}
    assert answered == {item.id: item.responsible for item in scheme.items if item.level is Level.ONE_UNIT}


def test_statuses_calendar_decisions_and_period(scheme: Edition) -> None:
    assert scheme.statuses == ("未填报", "填报", "初审", "复审", "复审-确认函", "审核完成")
    assert scheme.calendar[0].start == dt.date(2023, 6, 21)
    assert scheme.calendar[-1].end == dt.date(2024, 3, 31)
    assert len(scheme.decisions) == 15
    assert (scheme.monitoring_year, scheme.data_year) == (2023, 2022)
    assert scheme.constants == {"period_start": 44562, "period_end": 44926, "data_year": 2022}
