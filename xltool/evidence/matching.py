"""Documents and the files that came: each name that a row mentions, and the file that is meant.

A name is looked for as it is written (case, width, spaces and folders aside), then without quotes and numbering, then
without its ending; the first way that finds any file decides. Files that came nearest to the document's own return go
before others of the district, then files that came later. Where several contents remain, none is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from xltool.evidence.names import bare, comparable, folders_of, lies_in, names_in, stem
from xltool.evidence.related import related_of
from xltool.model.evidence import ATTACHMENT_COLUMNS, Attachment, Document, Evidence, Mention, Received, path_parts

WAYS: tuple[Callable[[str], str], ...] = (comparable, bare, stem)
_PROBLEMS = {"too_large": Received.TOO_LARGE, "empty": Received.EMPTY}


def match(
    districts: Collection[str], documents: Sequence[Document], attachments: Sequence[Attachment]
) -> dict[str, Evidence]:
    """The evidence of each district.

    Args:
        districts: Whose evidence is wanted.
        documents: Those of all districts that may have files in common folders.
        attachments: All files.
    """
    by_district: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_district[document.district].append(document)
    pools = {name: Pool([one for one in attachments if name in one.districts]) for name in {*districts, *by_district}}
    mentions = {name: [m for document in by_district[name] for m in pools[name].mentions(document)] for name in pools}
    contested = _contested(mentions)
    return {name: _evidence(name, by_district[name], mentions[name], pools[name], contested) for name in districts}


def groups_of(
    districts: Sequence[str], attachments: Iterable[Attachment]
) -> Iterator[tuple[tuple[str, ...], tuple[Attachment, ...]]]:
    """Districts that have files in common folders, with all their files: each group can be matched by itself.

    Nearly always that is one district. Within a group they stand as given, groups in the order of their last.
    """
    home = {name: name for name in districts}  # by district, the one that its group is called by

    def top(name: str) -> str:
        while home[name] != name:
            name = home[name]
        return name

    files: dict[str, list[Attachment]] = defaultdict(list)
    for file in attachments:
        owners = [name for name in districts if name in file.districts] if len(file.districts) > 1 else file.districts
        known = [name for name in owners if name in home]
        for name in known:
            home[top(name)] = top(known[0])
        if known:
            files[known[0]].append(file)
    members: dict[str, list[str]] = defaultdict(list)
    for name in districts:
        members[top(name)].append(name)
    place = {name: number for number, name in enumerate(districts)}
    for group in sorted(members.values(), key=lambda names: place[names[-1]]):
        yield tuple(group), tuple(file for name in group for file in files[name])


class Pool:
    """The files of one district, by their names."""

    def __init__(self, files: Sequence[Attachment]) -> None:
        """Index the files in each way that names are compared."""
        self.files = files
        self._by_name: list[dict[str, list[Attachment]]] = []
        for way in WAYS:
            index: dict[str, list[Attachment]] = defaultdict(list)
            for file in files:
                index[way(file.name)].append(file)
            self._by_name.append(index)

    def mentions(self, document: Document) -> Iterator[Mention]:
        """Every file name in a document's row; a text that is a file's name as a whole is one name."""
        for column in ATTACHMENT_COLUMNS:
            text = document.text(column)
            if not text:
                continue
            whole = len(path_parts(text)) == 1 and self._found(text)[0]
            for name in [text] if whole else names_in(text):
                yield self._mention(document, column, name)

    def _mention(self, document: Document, column: str, name: str) -> Mention:
        found, exact = self._found(name)
        chosen = _nearest(found, document, name)
        contents = {file.identity for file in chosen}
        if not chosen:
            return Mention(document=document, column=column, name=name, state=Received.MISSING)
        if len(contents) > 1:
            return Mention(
                document=document, column=column, name=name, state=Received.AMBIGUOUS, candidates=tuple(chosen)
            )
        file = chosen[0]
        return Mention(document=document, column=column, name=name, state=state_of(file), attachment=file, exact=exact)

    def _found(self, name: str) -> tuple[list[Attachment], bool]:
        """The files that a name may mean, and whether it is written as theirs."""
        for number, (way, index) in enumerate(zip(WAYS, self._by_name, strict=True)):
            files = index.get(way(name), [])
            if files:
                return files, number == 0
        return [], True


def state_of(file: Attachment) -> Received:
    """What became of a file that a document names."""
    if file.problem is not None:
        return _PROBLEMS.get(file.problem, Received.UNREADABLE)
    return Received.EMPTY if file.size == 0 else Received.RECEIVED


def _nearest(files: Sequence[Attachment], document: Document, name: str) -> list[Attachment]:
    """Of files with one name: those in the folder that is written, near the own return, taken, and newest."""
    folders = folders_of(name)
    wishes: tuple[Callable[[Attachment], bool], ...] = (
        lambda file: lies_in(file.file, folders),
        lambda file: document.owner in file.owners,
        lambda file: file.sha256 is not None,
    )
    chosen = list(files)
    for wish in wishes:
        chosen = [file for file in chosen if wish(file)] or chosen
    newest = max((file.received_at for file in chosen), default="")
    return [file for file in chosen if file.received_at == newest]


def _contested(mentions: Mapping[str, Iterable[Mention]]) -> set[str]:
    """Files (by `file`) that lie between the returns of several districts and that more than one of them names."""
    named: dict[str, set[str]] = defaultdict(set)
    for district, own in mentions.items():
        for mention in own:
            if mention.attachment is not None and len(mention.attachment.districts) > 1:
                named[mention.attachment.file].add(district)
    return {file for file, districts in named.items() if len(districts) > 1}


def _evidence(
    district: str, documents: Sequence[Document], mentions: Iterable[Mention], pool: Pool, contested: set[str]
) -> Evidence:
    settled = tuple(_settled(mention, contested) for mention in mentions)
    used = {mention.attachment.identity for mention in settled if mention.attachment is not None}
    used |= {file.identity for mention in settled for file in mention.candidates}
    wanted = {way(mention.name) for mention in settled for way in WAYS}
    surplus = [
        file
        for file in pool.files
        if file.identity not in used
        and not wanted & {way(file.name) for way in WAYS}  # an older or another copy of what was named
        and file.districts == {district}  # what lies between several districts is nobody's surplus
    ]
    return Evidence(
        district=district,
        documents=tuple(documents),
        mentions=settled,
        surplus=tuple({file.identity: file for file in surplus}.values()),
        related=tuple(related_of(documents)),
    )


def _settled(mention: Mention, contested: set[str]) -> Mention:
    file = mention.attachment
    if file is None or file.file not in contested:
        return mention
    return Mention(
        document=mention.document,
        column=mention.column,
        name=mention.name,
        state=Received.SHARED,
        candidates=(file,),
    )


def unclaimed(attachments: Sequence[Attachment], evidence: Iterable[Evidence]) -> tuple[Attachment, ...]:
    """The files between several districts' returns that no document of any district names."""
    named = {way(mention.name) for one in evidence for mention in one.mentions for way in WAYS}
    return tuple(
        file for file in attachments if len(file.districts) != 1 and not named & {way(file.name) for way in WAYS}
    )
