"""Take back what was filled in: read in parallel, stored in order by one writer, then districts checked as a whole."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from xltool import intake
from xltool.campaign.assigning import assigned_identity, require_one
from xltool.campaign.district_checks import check_returned
from xltool.campaign.incoming import Source
from xltool.campaign.opened import Advance, Campaign, Row, quietly
from xltool.campaign.reading import Context, Read, read_all
from xltool.campaign.row_store import Rows
from xltool.campaign.taking import Run, empty_row
from xltool.campaign.workforce import CORES, Workforce
from xltool.errors import Unfinished, XltoolError
from xltool.model.field import FieldPlan

BATCH, BATCH_SECONDS = 50, 5.0
"""Files that are stored in one transaction at most; fewer at the beginning, and where they come slowly."""


def ingest(
    campaign: Campaign,
    paths: Sequence[Path],
    *,
    named: str | None = None,
    password: str | None = None,
    force: Workforce = CORES,
    advance: Advance = quietly,
) -> list[Row]:
    """Read and store files, folders and zips, as `ingest_each` does; all rows at once."""
    return list(ingest_each(campaign, paths, named=named, password=password, force=force, advance=advance))


def ingest_each(
    campaign: Campaign,
    paths: Sequence[Path],
    *,
    named: str | None = None,
    password: str | None = None,
    force: Workforce = CORES,
    advance: Advance = quietly,
    checking: Advance = quietly,
) -> Iterator[Row]:
    """Read and store files, folders and zips; one row a file, in the order of their names.

    A row is given once its file is stored; from the first file on that is no return, once all are settled.

    `named` is `DISTRICT` or `DISTRICT/UNIT`: whose the one file is, if it doesn't say so itself.

    Files are stored in the order of their names, whatever worker ends first, some in one transaction. A
    run that is killed leaves whole files only, and the same command again does the rest. Neither files nor
    answers are kept, so that memory doesn't grow with their number. `advance` is told of files, `checking` of the
    checks of districts at the end.

    Raises:
        Unfinished: the run can't go on when part of it was done; it names the files that were not taken.
    """
    source = Source(paths, password)
    context = context_of(campaign, password)
    tasks: Iterable[intake.Incoming] = source
    if named is not None:
        tasks = list(source)
        require_one(tasks)
        context = replace(context, assigned=assigned_identity(campaign, named))
    run = Run(campaign, password)
    later = Rows()
    try:
        for reads in batches(read_all(tasks, context, force)):
            for row in run.take(reads):
                if row is None or later:
                    later.append(row)
                else:
                    yield row
            source.done += len(reads)
            advance(source.done, source.total)
        settled = iter(run.settle())
        check_returned(campaign, force, checking)
    except XltoolError as error:
        if not source.done:
            raise
        yield from (row for row in later if row is not None)
        raise Unfinished(error, source.left(run.unsettled())) from error
    yield from (next(settled) if row is None else row for row in later)
    yield from (empty_row(path) for path in paths if str(path) not in source.roots)


def batches(reads: Iterable[Read]) -> Iterator[list[Read]]:
    """What is to be stored in one transaction each."""
    batch: list[Read] = []
    most, since = 1, time.monotonic()
    for read in reads:
        batch.append(read)
        if len(batch) == most or time.monotonic() - since > BATCH_SECONDS:
            yield batch
            batch, since = [], time.monotonic()
            most = min(2 * most, BATCH)
    if batch:
        yield batch


def context_of(campaign: Campaign, password: str | None = None) -> Context:
    """What the readers need of the campaign, in one picklable piece."""
    return Context(
        edition=campaign.edition,
        campaign=campaign.config.id,
        key=campaign.secret.key,
        store=campaign.store,
        roster=campaign.roster,
        password=password,
        field_plans={name: campaign.config.field_plans.get(name, FieldPlan()) for name in campaign.config.sampled},
        explanations=campaign.store.explanations(),
    )
