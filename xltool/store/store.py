"""The store as the campaign uses it: each method is one transaction, or all of them within `together`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import BindParameter, bindparam, or_, select

from xltool.model.evidence import Attachment
from xltool.model.explanation import Explanation
from xltool.model.field import FieldReturn
from xltool.model.finding import Finding
from xltool.model.plan import Prefilled, Recipient
from xltool.model.review import Event
from xltool.model.submission import Submission
from xltool.model.values import Value
from xltool.store import accepting, events, explanations, issues, migrations, monitoring, prefills, returns, snapshots
from xltool.store import attachments as attached
from xltool.store import findings as found_table
from xltool.store import values as value_table
from xltool.store.accepting import Accepted
from xltool.store.archive import Archive
from xltool.store.connect import BUSY_SECONDS, Database, connect
from xltool.store.events import Head
from xltool.store.parcel import Parcel, parcel_of
from xltool.store.records import Issued, Outcome, Return, Snapshot
from xltool.store.schema import returns as return_rows

Clock = Callable[[], dt.datetime]

_WANTED: BindParameter[str] = bindparam("wanted")
_HAS = select(or_(returns.having(_WANTED), monitoring.having(_WANTED)))  # asked for each file that comes in


def utc_now() -> dt.datetime:
    """The time, by this machine's clock."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, kw_only=True)
class Store:
    """A campaign's database and archive. Faults of either are `CampaignError`s, and then nothing was stored."""

    database: Database
    archive: Archive
    clock: Clock = utc_now

    @classmethod
    def open(
        cls,
        database: Path | str,
        archive: Path,
        *,
        shared: bool = False,
        campaign: str | None = None,
        create: bool = False,
        clock: Clock = utc_now,
        busy_seconds: float = BUSY_SECONDS,
    ) -> Store:
        """Open the database (an SQLite file or an address), bring its tables up to date, make them with `create`.

        With `campaign` (its id) a database of another campaign is refused, and a `shared` archive, too.
        """
        opened = connect(database, create=create, busy_seconds=busy_seconds)
        store = cls(database=opened, archive=Archive(root=archive, campaign=campaign, shared=shared), clock=clock)
        migrations.bring_up(opened, create=create, now=store.now)
        if campaign is not None:
            migrations.claim(opened, campaign)
        if create:
            store.archive.prepare()
        return store

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def kept(self) -> Store:
        """A store of this process alone that keeps its connection: for one that looks things up all the time."""
        return replace(self, database=self.database.kept())

    @contextmanager
    def at_once(self) -> Iterator[Store]:
        """A store whose answers are all of one moment; nothing can be stored by it."""
        with self.database.read() as connection:
            yield replace(self, database=self.database.joined(connection))

    @contextmanager
    def together(self) -> Iterator[Store]:
        """A store whose changes are one transaction: all of them are kept at the end, or none."""
        with self.database.write() as connection:
            yield replace(self, database=self.database.joined(connection))

    # -- issued ---------------------------------------------------------------------------------------------

    def save_plan(self, digest: str, payload: bytes) -> None:
        """Keep the plan of a kind of workbook."""
        with self.database.write() as connection:
            issues.save_plan(connection, digest, payload)

    def plan(self, digest: str) -> bytes | None:
        """A plan by its digest."""
        with self.database.read() as connection:
            return issues.plan(connection, digest)

    def plans(self) -> Mapping[str, bytes]:
        """Every plan by its digest."""
        with self.database.read() as connection:
            return issues.all_plans(connection)

    def record_issued(self, issued: Iterable[Issued]) -> None:
        """Record workbooks that go out; their plans must be saved."""
        with self.database.write() as connection:
            issues.record(connection, issued, self.now())

    def save_prefilled(
        self,
        entries: Iterable[tuple[str, Prefilled]],
        rejudged: Mapping[str, tuple[Return, Iterable[Finding]]] | None = None,
    ) -> frozenset[str]:
        """Keep (district, prefilled value) pairs; what came back from a district is to be checked against them.

        A district's own return, judged anew with its new values, comes by district in `rejudged`. A district that has
        submitted keeps the values it submitted with: such districts are named, and nothing of theirs is kept.
        """
        with self.database.write() as connection:
            given = tuple(entries)
            closed = {name for name in dict(given) if events.is_submitted(connection, name)}
            taken = [(district, entry) for district, entry in given if district not in closed]
            for district in prefills.save(connection, taken, self.now()):
                if found_table.revision_of(connection, district):
                    found_table.touch(connection, district)
            for district, (returned, findings) in (rejudged or {}).items():
                if district not in closed:
                    found_table.replace_of_return(connection, returned.id, district, findings)
        return frozenset(closed)

    def prefilled(self, district: str) -> tuple[Prefilled, ...]:
        """What the office prefilled for a district."""
        with self.database.read() as connection:
            return prefills.of_district(connection, district)

    def issued(self) -> Mapping[str, Issued]:
        """Everything that was issued, by serial."""
        with self.database.read() as connection:
            return issues.all_issued(connection)

    def issued_as(self, serial: str) -> Issued | None:
        """What was issued under a serial."""
        with self.database.read() as connection:
            return issues.issued_as(connection, serial)

    def issued_last(self, district: str, unit: str | None) -> Issued | None:
        """The workbook that went out last to a district (unit None) or a unit of it; those of the field day aside."""
        with self.database.read() as connection:
            return issues.issued_last(connection, district, unit)

    def current_recipient(self, district: str) -> Recipient | None:
        """As whom a district got the workbook of its own that came back and counts."""
        with self.database.read() as connection:
            behind = issues.behind_return(connection, district, None)
        return None if behind is None else behind.recipient

    def current_issues(self, district: str) -> Mapping[str | None, Issued]:
        """The issued workbooks behind a district's current returns, by unit (None: its own)."""
        with self.database.read() as connection:
            return issues.behind_returns(connection, district)

    # -- returned -------------------------------------------------------------------------------------------

    def accept(self, submission: Submission, findings: Iterable[Finding], content: bytes) -> Return:
        """Archive a return, and store it with its values and findings in one transaction.

        What `accept_all` says of it.
        """
        self.archive.put(content)
        (accepted,) = self.accept_all((parcel_of(submission, findings),))
        return accepted.returned

    def accept_all(self, parcels: Sequence[Parcel]) -> tuple[Accepted, ...]:
        """Store returns that are in the archive already, in their order.

        Each is the next version of its workbook and supersedes the one before; where the district has submitted, it
        is held. Content that is stored already, be it by another process just now, changes nothing: its return is
        given as `repeated`.
        """
        with self.database.write() as connection:
            return accepting.accept_all(connection, parcels, self.now())

    def add_finding(self, returned: Return, finding: Finding) -> None:
        """Store what was found of a return once it was stored."""
        with self.database.write() as connection:
            found_table.append(connection, returned.id, returned.district or "", finding)

    def set_aside(self, file: str, content: bytes, *, outcome: Outcome, code: str | None = None) -> Return:
        """Archive and record a file that is no return: rejected, or an attachment."""
        sha256 = self.archive.put(content)
        with self.database.write() as connection:
            return returns.set_aside(
                connection, file=file, sha256=sha256, received_at=self.now(), outcome=outcome, code=code
            )

    def add_attachments(self, files: Iterable[Attachment]) -> None:
        """Record files that came beside returns, all as of now; their owners' districts are to be checked again."""
        with self.database.write() as connection:
            for district in attached.add(connection, files, self.now()):
                found_table.touch(connection, district)

    def attachments(self) -> tuple[Attachment, ...]:
        """All files that came beside returns, in the order in which they came."""
        with self.database.read() as connection:
            return attached.everything(connection)

    def accept_field(self, submission: Submission, found: Iterable[Finding]) -> tuple[FieldReturn, bool]:
        """Store an expert's or a survey's workbook that is in the archive; False where it is stored already."""
        with self.database.write() as connection:
            repeated = monitoring.known(connection, submission.sha256)
            if repeated is not None:
                return repeated, False
            return monitoring.add(connection, submission, found_table.distinct(found), self.now()), True

    def known_field(self, sha256: str) -> FieldReturn | None:
        """The expert's or survey's workbook with this content."""
        with self.database.read() as connection:
            return monitoring.known(connection, sha256)

    def field_returns(self) -> tuple[FieldReturn, ...]:
        """The experts' and surveys' workbooks that count."""
        with self.database.read() as connection:
            return monitoring.current(connection)

    def known(self, sha256: str) -> Return | None:
        """The return with this content, superseded or held ones too."""
        with self.database.read() as connection:
            return returns.known(connection, sha256)

    def has(self, sha256: str) -> bool:
        """Whether a return, an expert's workbook or a survey's has this content."""
        with self.database.read() as connection:
            return bool(connection.scalar(_HAS, {"wanted": sha256}))

    def last_return(self) -> int:
        """The largest number of a file that came in; later ones have larger ones."""
        with self.database.read() as connection:
            return returns.last_number(connection)

    def newest_returns(self, district: str) -> tuple[Return, ...]:
        """The newest return of each of a district's workbooks, whether it counts yet or not."""
        with self.database.read() as connection:
            return returns.newest_of_each(connection, district)

    def current_returns(self, district: str | None = None) -> tuple[Return, ...]:
        """The returns that count, by district, a district's own workbook first."""
        with self.database.read() as connection:
            return returns.current(connection, district)

    def count_held(self, district: str) -> int:
        """How many returns of a district wait."""
        with self.database.read() as connection:
            return returns.count_held(connection, district)

    def held_returns(self, district: str) -> tuple[Return, ...]:
        """The newest held return of each of a district's workbooks: those that will count."""
        with self.database.read() as connection:
            return returns.held(connection, district)

    def last_return_at(self) -> str | None:
        """When the newest return that counts came in."""
        with self.database.read() as connection:
            return returns.last_received(connection)

    def current_values(self, district: str | None = None) -> tuple[Value, ...]:
        """The values of the returns that count, in the returns' order."""
        with self.database.read() as connection:
            counting = returns.current(connection, district)
            return value_table.of_returns(connection, counting, returns.current_ids(district))

    def return_before(self, returned: Return) -> Return | None:
        """The return that another one superseded."""
        with self.database.read() as connection:
            return returns.before(connection, returned)

    def values_of(self, returned: Return) -> tuple[Value, ...]:
        """The values of one return, whether it counts or not."""
        ids = select(return_rows.c.id).where(return_rows.c.id == returned.id)
        with self.database.read() as connection:
            return value_table.of_returns(connection, (returned,), ids)

    # -- found ----------------------------------------------------------------------------------------------

    def findings(self, district: str | None = None) -> tuple[Finding, ...]:
        """The findings that stand: of the returns that count, and of districts as a whole."""
        with self.database.read() as connection:
            return found_table.current(connection, district)

    def findings_of(self, returned: Return) -> tuple[Finding, ...]:
        """The findings of one return as they were made, without the office's answers."""
        with self.database.read() as connection:
            return found_table.of_return(connection, returned.id)

    def past_finding_ids(self) -> frozenset[str]:
        """The ids of findings that stood once, in returns that newer ones superseded."""
        with self.database.read() as connection:
            return found_table.past_ids(connection)

    def replace_district_findings(
        self, district: str, findings: Iterable[Finding], *, revision: int | None = None
    ) -> bool:
        """Put a district's own findings in place of its earlier ones.

        With `revision`, taken before the values were read, False is said and nothing changed where another
        process stored a return in between: check again then.
        """
        with self.database.write() as connection:
            return found_table.replace_district(connection, district, findings, revision)

    def revision(self, district: str) -> int:
        """Grows whenever returns of the district come to count, or what counts of them changes."""
        with self.database.read() as connection:
            return found_table.revision_of(connection, district)

    def unchecked_districts(self) -> tuple[str, ...]:
        """Districts with returns that no district check has seen yet, since a run was ended before it."""
        with self.database.read() as connection:
            return found_table.unchecked(connection)

    # -- reviewed -------------------------------------------------------------------------------------------

    def record_event(
        self, event: Event, *, revision: int, snapshot: Snapshot | None = None
    ) -> tuple[Return, ...] | None:
        """Add a step to a district's log, with the snapshot that it is about if that is a new one.

        None is said and nothing changed where the log or, since `revision`, the district's returns went on in the
        meantime. A step back to the draft lets the held returns count: they are given.
        """
        with self.database.write() as connection:
            moved = found_table.revision_of(connection, event.district) != revision
            if moved or not events.ends_with(connection, event.district, event.previous):
                return None
            if snapshot is not None:
                snapshots.save(connection, snapshot.content, snapshot.cut_off, self.now())
            events.append(connection, event)
            released = () if event.after.submitted else returns.release(connection, event.district)
            if released:
                found_table.touch(connection, event.district)
        return released

    def events(self, district: str) -> tuple[Event, ...]:
        """The log of a district's review, by number."""
        with self.database.read() as connection:
            return events.of_district(connection, district)

    def heads(self) -> Mapping[str, Head]:
        """Where each district's log ends; districts without a step are absent."""
        with self.database.read() as connection:
            return events.heads(connection)

    # -- answered -------------------------------------------------------------------------------------------

    def explain(
        self,
        explanation: Explanation,
        *,
        reviewed: bool = True,
        rejudged: tuple[Return, Iterable[Finding]] | None = None,
    ) -> bool:
        """Keep the office's answer to a finding, beside the earlier ones.

        Where the finding is about `reviewed` data that were submitted, nothing is kept and False is said.

        An answer that changes what counts comes with the return whose findings it changes, and with these. The
        district is to be checked again then, and where an answer is taken back: nobody may submit it in between.
        """
        district = explanation.finding.district
        with self.database.write() as connection:
            if reviewed and events.is_submitted(connection, district):
                return False
            explanations.add(connection, explanation, self.now())
            if rejudged is not None:
                returned, findings = rejudged
                found_table.replace_of_return(connection, returned.id, district, findings)
            if reviewed and (rejudged is not None or explanation.withdrawn):
                found_table.touch(connection, district)
        return True

    def explanations(self) -> Mapping[str, Explanation]:
        """By finding id, the office's last answer, whether it still holds or not."""
        with self.database.read() as connection:
            return explanations.latest(connection)

    def explanations_on_record(self, district: str | None = None) -> tuple[Explanation, ...]:
        """Every answer of the office, in the order in which they were given."""
        with self.database.read() as connection:
            return explanations.on_record(connection, district)

    # -- shown ----------------------------------------------------------------------------------------------

    def save_snapshot(self, content: Mapping[str, Any], *, cut_off: str | None) -> Snapshot:
        """Keep a state of the data; unchanged content gives the earlier snapshot."""
        with self.database.write() as connection:
            return snapshots.save(connection, content, cut_off, self.now())

    def load_snapshot(self, prefix: str) -> Snapshot:
        """A snapshot by the beginning of its id."""
        with self.database.read() as connection:
            return snapshots.load(connection, prefix)

    def snapshot_ids(self) -> tuple[str, ...]:
        """The ids of all snapshots, in the order in which they were first taken."""
        with self.database.read() as connection:
            return snapshots.all_ids(connection)

    def now(self) -> str:
        """The time as it is stored: ISO 8601 in UTC."""
        return self.clock().astimezone(dt.UTC).isoformat(timespec="microseconds")
