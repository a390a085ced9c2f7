"""The checks on what a district's returns say together, and on how it stands beside the other districts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial

from xltool import checks, evidence
from xltool import indicators as computing
from xltool.campaign.comparison import Comparison
from xltool.campaign.opened import Advance, Campaign, quietly
from xltool.campaign.results import Counted, counted
from xltool.campaign.whereabouts import Whereabouts
from xltool.campaign.workforce import CORES, Workforce, results_of
from xltool.model.evidence import Attachment, Evidence
from xltool.model.finding import Finding

HERE = 20
"""Districts, no more than these, that one process checks by itself. All that was read of them is kept meanwhile, each
some 1 MB, and a plan is loaded once: a city's are done before other processes would have begun."""

Group = tuple[tuple[str, ...], tuple[Attachment, ...]]
"""Districts that have files in common folders, nearly always one; and these files."""


def check_returned(campaign: Campaign, force: Workforce = CORES, advance: Advance = quietly) -> None:
    """Run the checks on what all current returns say together: of each district, and of all districts.

    One new return can change what is usual among the districts, so all of them are checked again; those with
    new returns last, so that a run that is killed in between is made good by the next.
    """
    known = {*campaign.district_names}  # an amended edition may have fewer
    while known.intersection(campaign.store.unchecked_districts()):  # another clerk's return may come in between
        recheck(campaign, force, advance)


def recheck(campaign: Campaign, force: Workforce = CORES, advance: Advance = quietly) -> None:
    """Check all districts that returned something, whether or not anything is new.

    They are gone through twice, since what is usual among them must be known first. What is kept of each for that are
    a few figures: memory doesn't grow with their number.

    Raises:
        CampaignError: a district can't be checked.
    """
    pending = campaign.store.unchecked_districts()
    returned = {entry.district for entry in campaign.store.current_returns()}
    names = [name for name in campaign.district_names if name in returned or name in pending]
    revisions = {name: campaign.store.revision(name) for name in names}
    checker = Checker(campaign)
    last = sorted(names, key=lambda name: name in pending)
    groups = [*evidence.groups_of(last, campaign.store.attachments())]
    steps = len(names) + len(groups)
    compared: dict[str, checks.Figures] = {}
    for name, figures in zip(names, results_of(checker.figures, names, force, few=HERE + 1), strict=True):
        compared[name] = figures
        advance(len(compared), steps)
    comparison = Comparison.of(campaign.edition, compared)
    results = results_of(partial(checker.findings, comparison), groups, force, few=HERE + 1)
    for done, found in enumerate(results, start=len(names) + 1):
        for name, findings in found.items():
            campaign.store.replace_district_findings(name, findings, revision=revisions[name])
        advance(done, steps)


class Checker:
    """Looks at districts, in this process or another; it stores nothing."""

    def __init__(self, campaign: Campaign) -> None:
        """Nothing is read yet."""
        self._campaign = campaign
        self._counts_of = lru_cache(HERE)(partial(counted, campaign))

    def __reduce__(self) -> tuple[object, ...]:
        """What another process needs: it reads by itself."""
        return Checker, (self._campaign,)

    def figures(self, district: str) -> checks.Figures:
        """What others are compared with."""
        edition = self._campaign.edition
        rolled = self._counts_of(district).rolled
        return checks.figures_of(
            edition, rolled, computing.complete_indicators(edition, rolled, Comparison.indicators(edition))
        )

    def findings(self, comparison: Comparison, group: Group) -> Mapping[str, tuple[Finding, ...]]:
        """By district, what no single file of it says."""
        names, files = group
        edition = self._campaign.edition
        counts = {name: self._counts_of(name) for name in names}
        documents = [one for each in counts.values() for one in evidence.documents_of(edition, each.values)]
        attached = evidence.match(names, documents, files)
        return {name: tuple(self._checked(counts[name], attached[name], comparison)) for name in names}

    def _checked(self, counts: Counted, attached: Evidence, comparison: Comparison) -> Iterator[Finding]:
        edition = self._campaign.edition
        in_files = tuple(finding for finding in counts.findings if finding.file is not None)
        places = Whereabouts(self._campaign, counts.rolled.district)
        own = checks.check_district(counts.rolled, edition, in_files, places)
        among = comparison.questions(edition, counts.rolled, (*in_files, *own))
        before = checks.typed_before(counts.values, edition)
        return checks.explained((*own, *among, *before, *evidence.findings_of(edition, attached)), counts.values)
