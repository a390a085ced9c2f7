"""The tables, as they are now; how older databases get there is in `migrations.py`.

A district's own workbook has no unit: that is the empty text here, since SQL's NULL equals nothing.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)

metadata = MetaData()


def storable(text: str | None) -> str | None:
    """Text without NUL and lone surrogates, which damaged .xls files hold: U+FFFD stands for each."""
    if text is None or (text.isascii() and "\0" not in text):
        return text
    return text.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class AnyText(TypeDecorator[str]):
    """Text as people type it; the few characters that no database takes become U+FFFD (the archive has them)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the base's signature
        """The text as it is stored."""
        return storable(value)


migrations = Table(
    "migrations",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("applied_at", String, nullable=False),
)

campaign = Table(
    "campaign",
    metadata,
    Column("id", String, primary_key=True),
)

plans = Table(
    "plans",
    metadata,
    Column("digest", String, primary_key=True),
    Column("payload", LargeBinary, nullable=False),
)

issued = Table(
    "issued",
    metadata,
    Column("serial", String, primary_key=True),
    Column("campaign", String, nullable=False),
    Column("edition", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("district", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("plan", ForeignKey("plans.digest"), nullable=False),
    Column("recipient", Text, nullable=False),
    Column("file", AnyText, nullable=False),
    Column("issued_at", String, nullable=False),
    Index("issued_by_recipient", "district", "unit"),
)

returns = Table(
    "returns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("file", AnyText, nullable=False),
    Column("suffix", AnyText, nullable=False),
    Column("outcome", String, nullable=False),
    Column("code", String),
    Column("district", String),
    Column("unit", String),
    Column("serial", String),
    Column("edition", String),
    Column("version", Integer),
    Column("received_at", String, nullable=False),
    Column("current", Boolean, nullable=False),
    Index("returns_by_recipient", "district", "unit", "version", unique=True),  # files without a version never clash
    Index("returns_by_content", "sha256"),
)

# The same bytes are a return only once, and of each workbook only one return counts.
for _name, _columns, _condition in (
    ("returns_once", (returns.c.sha256,), "version IS NOT NULL"),
    ("returns_current", (returns.c.district, returns.c.unit), "current"),
):
    Index(_name, *_columns, unique=True, sqlite_where=text(_condition), postgresql_where=text(_condition))

entries = Table(
    "entries",
    metadata,
    Column("return_id", ForeignKey("returns.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("item", String, nullable=False),
    Column("entry", Integer),
    Column("field", String),
    Column("type", String),  # of the value: integer, number, text; None where there is none
    Column("integer", BigInteger),
    Column("number", Double),
    Column("text", AnyText),
    Column("state", String, nullable=False),
    Column("raw", AnyText),
    Column("unit_of_measure", String),
    Column("sheet", AnyText),
    Column("cell", String),
    Column("prefilled", Boolean, nullable=False),
    Column("source", AnyText),  # of a prefilled value: the file it came from
)

findings = Table(
    "findings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("return_id", ForeignKey("returns.id")),  # None: the district's, over several files
    Column("district", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("payload", AnyText, nullable=False),
    Index("findings_by_return", "return_id"),
    Index("findings_by_district", "district"),
)

districts = Table(
    "districts",
    metadata,
    Column("name", String, primary_key=True),
    Column("revision", Integer, nullable=False),  # grows whenever returns come to count
    Column("checked", Integer, nullable=False),  # the revision that the district's findings are about
)

prefilled = Table(
    "prefilled",
    metadata,
    Column("district", String, primary_key=True),
    Column("item", String, primary_key=True),
    Column("field", String, primary_key=True),  # the empty text for this year's value, else `previous`
    Column("payload", AnyText, nullable=False),  # a `Prefilled` as JSON
    Column("taken_at", String, nullable=False),
)

# The log of the reviews: rows are added, never changed or taken out.
events = Table(
    "events",
    metadata,
    Column("district", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("step", String, nullable=False),
    Column("before", String, nullable=False),
    Column("after", String, nullable=False),
    Column("by", Text, nullable=False),
    Column("role", String, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("note", Text),
    Column("snapshot", ForeignKey("snapshots.id")),
    Column("letter", String),
    Column("letter_check", String),
    Column("previous", String, nullable=False),
    Column("digest", String, nullable=False),
)

# Where each log ends, once more: a log that was cut short shows.
reviews = Table(
    "reviews",
    metadata,
    Column("district", String, primary_key=True),
    Column("status", String, nullable=False),
    Column("digest", String, nullable=False),
)

# The office's answers to findings: rows are added, never changed or taken out.
explanations = Table(
    "explanations",
    metadata,
    Column("id", Integer, primary_key=True),  # grows with time
    Column("finding", String, nullable=False),  # its id, which outlives the finding itself
    Column("district", String, nullable=False),
    Column("payload", AnyText, nullable=False),  # the finding as it stood, as JSON
    Column("note", AnyText, nullable=False),
    Column("by", AnyText, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("made_at", String, nullable=False),
    Index("explanations_by_district", "district"),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("id", String, primary_key=True),
    Column("cut_off", String),
    Column("taken_at", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String),  # None: the file was not taken, for the reason in `problem`
    Column("file", AnyText, nullable=False),
    Column("size", BigInteger),
    Column("problem", String),
    Column("received_at", String, nullable=False),
    Index("attachments_by_content", "sha256"),
)

attachment_owners = Table(
    "attachment_owners",
    metadata,
    Column("attachment_id", ForeignKey("attachments.id"), primary_key=True),
    Column("district", String, primary_key=True),
    Column("unit", String, primary_key=True),  # the empty text for the district itself
)

field_returns = Table(
    "field_returns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String, nullable=False, unique=True),
    Column("file", AnyText, nullable=False),
    Column("kind", String, nullable=False),  # experts, survey
    Column("district", String, nullable=False),
    Column("author", String, nullable=False),  # the expert's role; the empty text for a survey
    Column("serial", ForeignKey("issued.serial"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("received_at", String, nullable=False),
    Column("content", AnyText, nullable=False),  # values and findings as JSON
    Index("field_returns_by_author", "kind", "district", "author", "version", unique=True),
)


def create_attachments(connection: Connection) -> None:
    """The tables of the files that came beside returns."""
    attachments.create(connection)
    attachment_owners.create(connection)
