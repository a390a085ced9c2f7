"""Styles, numbering, settings and fonts of the Word templates, after GB/T 9704-2012.

Every font and size stands in a style, so that staff can change one in Word and the whole document follows. Lengths
are in twentieths of a point (twips), font sizes in half-points, as WordprocessingML has them.
"""

from __future__ import annotations

from dataclasses import dataclass

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LATIN = "Times New Roman"
SONG, HEI, KAI, FANG, XIAOBIAO = "宋体", "黑体", "楷体", "仿宋", "方正小标宋简体"
ALTERNATIVES = {
    FANG: "FangSong,仿宋_GB2312",
    KAI: "KaiTi,楷体_GB2312",
    HEI: "SimHei",
    SONG: "SimSun",
    XIAOBIAO: "小标宋,方正小标宋_GBK,宋体",
}
CAPTION_LINE = 280  # of 10.5 pt
LINE = 579  # 28.95 pt: 22 lines in 225 mm
TYPE_WIDTH = 8844  # 156 mm
TRACKING = -5  # -0.25 pt: 28 characters of 16 pt in 156 mm
ANNEXES = 2  # the numbers of annexes and of what stands in them
SIZE_2, SIZE_3, SIZE_4, SIZE_5, SIZE_SMALL_5 = 44, 32, 28, 21, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A paragraph style: its names, font, and the XML of its paragraph properties in schema order."""

    id: str
    name: str
    font: str
    size: int
    paragraph: str
    base: str | None = "Normal"
    following: str | None = None
    tracking: int = 0
    latin: str = LATIN


def _exact(before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{LINE}" w:lineRule="exact"/>'


def _single(before: int = 0, after: int = 0) -> str:
    spacing = f'<w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'
    return f'<w:snapToGrid w:val="0"/>{spacing}'


def _row(before: int = 20, after: int = 20, line: int = 240) -> str:
    """Lines of exact height, in tables too, so that every program comes to the same pages."""
    spacing = f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'
    return f'<w:snapToGrid w:val="0"/>{spacing}'


KEEP = "<w:keepNext/>"
INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
BOTH, CENTRE, RIGHT, LEFT = (f'<w:jc w:val="{side}"/>' for side in ("both", "center", "right", "left"))


def _level(level: int, numbers: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbers}"/></w:numPr>'


def _outline(level: int) -> str:
    return f'<w:outlineLvl w:val="{level}"/>'


STYLES = (
    Style(id="Normal", name="Normal", font=FANG, size=SIZE_3, base=None, tracking=TRACKING,
          paragraph=f'<w:widowControl w:val="0"/>{_exact()}{BOTH}'),
    Style(id="Title", name="Title", font=XIAOBIAO, size=SIZE_2, paragraph=f"{KEEP}{_exact(after=120)}{CENTRE}"),
    Style(id="Subtitle", name="Subtitle", font=KAI, size=SIZE_3, paragraph=f"{KEEP}{_exact()}{CENTRE}"),
    Style(id="Information", name="数据说明", font=KAI, size=SIZE_5, paragraph=f"{_exact(after=100)}{CENTRE}"),
    Style(id="Addressee", name="主送机关", font=FANG, size=SIZE_3, tracking=TRACKING, following="BodyText",
          paragraph=f"{_exact()}{BOTH}"),
    Style(id="BodyText", name="Body Text", font=FANG, size=SIZE_3, tracking=TRACKING,
          paragraph=f"{_exact()}{INDENT}{BOTH}"),
    Style(id="Heading1", name="heading 1", font=HEI, size=SIZE_3, tracking=TRACKING, following="BodyText",
          paragraph=f"{KEEP}{_level(0)}{_exact()}{INDENT}{BOTH}{_outline(0)}"),
    Style(id="Heading2", name="heading 2", font=KAI, size=SIZE_3, tracking=TRACKING, following="BodyText",
          paragraph=f"{KEEP}{_level(1)}{_exact()}{INDENT}{BOTH}{_outline(1)}"),
    Style(id="Numbered", name="编号段", font=FANG, size=SIZE_3, tracking=TRACKING,
          paragraph=f"{_level(2)}{_exact()}{INDENT}{BOTH}"),
    Style(id="Caption", name="caption", font=HEI, size=SIZE_5, paragraph=f"{_row(60, 120, CAPTION_LINE)}{CENTRE}"),
    Style(id="TableCaption", name="表题", font=HEI, size=SIZE_5, base="Caption",
          paragraph=f"{KEEP}{_row(240, 80, CAPTION_LINE)}{CENTRE}"),
    Style(id="Figure", name="图", font=SONG, size=SIZE_5, following="Caption",
          paragraph=f"{KEEP}{_single(before=120)}{CENTRE}"),
    Style(id="TableText", name="表格文字", font=SONG, size=SIZE_SMALL_5, paragraph=f"{_row()}{LEFT}"),
    Style(id="TableNumber", name="表格数字", font=SONG, size=SIZE_SMALL_5, paragraph=f"{_row()}{RIGHT}"),
    Style(id="TableMiddle", name="表格居中", font=SONG, size=SIZE_SMALL_5, paragraph=f"{_row()}{CENTRE}"),
    Style(id="TableHead", name="表头", font=HEI, size=SIZE_SMALL_5, paragraph=f"{KEEP}{_row()}{CENTRE}"),
    Style(id="TableGroup", name="表格分组", font=HEI, size=SIZE_SMALL_5, paragraph=f"{KEEP}{_row()}{LEFT}"),
    Style(id="TableSubgroup", name="表格小组", font=KAI, size=SIZE_SMALL_5, paragraph=f"{KEEP}{_row()}{LEFT}"),
    Style(id="TableNote", name="表注", font=SONG, size=SIZE_SMALL_5, paragraph=f"{_row(60, 120)}{BOTH}"),
    Style(id="SummaryCaption", name="摘要标题", font=HEI, size=SIZE_5,
          paragraph=f"{KEEP}{_row(120, 80, CAPTION_LINE)}{CENTRE}"),
    Style(id="SummaryHead", name="摘要项目", font=HEI, size=SIZE_5, paragraph=f"{_row(line=CAPTION_LINE)}{LEFT}"),
    Style(id="SummaryText", name="摘要文字", font=FANG, size=SIZE_5, paragraph=f"{_row(line=CAPTION_LINE)}{LEFT}"),
    Style(id="Signature", name="署名", font=FANG, size=SIZE_3, tracking=TRACKING,
          paragraph=f'{KEEP}{_exact()}<w:ind w:rightChars="200" w:right="640"/>{RIGHT}'),
    Style(id="Annex", name="附件", font=HEI, size=SIZE_3, paragraph=f"{KEEP}<w:pageBreakBefore/>{_exact()}{LEFT}"),
    Style(id="NumberedAnnex", name="编号附件", font=HEI, size=SIZE_3, following="AnnexTitle",
          paragraph=f"{KEEP}<w:pageBreakBefore/>{_level(0, ANNEXES)}{_exact()}{FLUSH}{LEFT}{_outline(0)}"),
    Style(id="AnnexTitle", name="附件标题", font=XIAOBIAO, size=SIZE_2, paragraph=f"{KEEP}{_exact(after=120)}{CENTRE}"),
    Style(id="AnnexHeading", name="附件内标题", font=HEI, size=SIZE_3, tracking=TRACKING, following="AnnexNumbered",
          paragraph=f"{KEEP}{_level(1, ANNEXES)}{_exact()}{INDENT}{BOTH}{_outline(1)}"),
    Style(id="AnnexNumbered", name="附件内编号段", font=FANG, size=SIZE_3, tracking=TRACKING,
          paragraph=f"{_level(2, ANNEXES)}{_exact()}{INDENT}{BOTH}"),
    Style(id="ContentsTitle", name="目录标题", font=HEI, size=SIZE_3,
          paragraph=f"{KEEP}<w:pageBreakBefore/>{_exact(after=240)}{CENTRE}"),
    Style(id="Contents1", name="toc 1", font=FANG, size=SIZE_3,
          paragraph=f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{TYPE_WIDTH}"/></w:tabs>{_exact()}{LEFT}'),
    Style(id="Remark", name="附注", font=FANG, size=SIZE_3, tracking=TRACKING, paragraph=f"{_exact()}{INDENT}{LEFT}"),
    Style(id="Footer", name="footer", font=SONG, latin=SONG, size=SIZE_4,
          paragraph='<w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/>'
                    f'<w:ind w:leftChars="0" w:left="280" w:rightChars="0" w:right="280"/>{RIGHT}'),
    Style(id="FooterEven", name="偶数页页码", font=SONG, latin=SONG, size=SIZE_4, base="Footer", paragraph=LEFT),
)  # fmt: skip


def fonts(asian: str, latin: str = LATIN) -> str:
    """The four typefaces of a run."""
    return f'<w:rFonts w:ascii="{latin}" w:eastAsia="{asian}" w:hAnsi="{latin}" w:cs="{LATIN}"/>'


def _style(style: Style) -> str:
    default = ' w:default="1"' if style.base is None else ""
    custom = "" if style.name.isascii() else ' w:customStyle="1"'
    based = f'<w:basedOn w:val="{style.base}"/>' if style.base else ""
    following = f'<w:next w:val="{style.following}"/>' if style.following else ""
    run = (
        f'{fonts(style.font, style.latin)}<w:spacing w:val="{style.tracking}"/><w:kern w:val="0"/>'
        f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>'
    )
    return (
        f'<w:style w:type="paragraph"{default}{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f"{based}{following}<w:qFormat/><w:pPr>{style.paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="报告表格"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders><w:tblCellMar>'
    '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def styles_xml() -> str:
    """The styles part."""
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANG)}<w:sz w:val="{SIZE_3}"/><w:szCs w:val="{SIZE_3}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        "</w:docDefaults>"
    )
    return f'<w:styles xmlns:w="{W}">{defaults}{"".join(map(_style, STYLES))}{_TABLE_STYLES}</w:styles>'


_NUMBERS = (
    (
        ("chineseCountingThousand", "Heading1", "%1、", INDENT),
        ("chineseCountingThousand", "Heading2", "（%2）", INDENT),
        ("decimal", "Numbered", "%3．", INDENT),
    ),
    (
        ("decimal", "NumberedAnnex", "附件%1", FLUSH),
        ("chineseCountingThousand", "AnnexHeading", "%2、", INDENT),
        ("decimal", "AnnexNumbered", "%3．", INDENT),
    ),
)


def numbering_xml() -> str:
    """Two lists of three levels: 一、 （一） 1. of headings and numbered paragraphs, 附件1 一、 1. of annexes."""
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{place}"><w:multiLevelType w:val="multilevel"/>'
        f"{''.join(_number(number, *level) for number, level in enumerate(levels))}</w:abstractNum>"
        for place, levels in enumerate(_NUMBERS)
    )
    used = "".join(
        f'<w:num w:numId="{place + 1}"><w:abstractNumId w:val="{place}"/></w:num>' for place in range(len(_NUMBERS))
    )
    return f'<w:numbering xmlns:w="{W}">{lists}{used}</w:numbering>'


def _number(number: int, form: str, style: str, text: str, indent: str) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>{indent}</w:pPr></w:lvl>'
    )


def settings_xml() -> str:
    """Page numbers right on odd pages and left on even ones; today's layout rules of Word."""
    uri = "http://schemas.microsoft.com/office/word"
    rules = (("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1))
    told = "".join(f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>' for name, value in rules)
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat><w:useFELayout/>{told}</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def fonts_xml() -> str:
    """What Word may take where a typeface isn't installed."""
    told = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in ALTERNATIVES.items()
    )
    return f'<w:fonts xmlns:w="{W}">{told}</w:fonts>'
