"""The likely culprit: the fewest cells whose change would satisfy all rules, as `errorlocate` finds them.

A mixed-integer programme over the cells: a binary says whether a cell changes, and the weights of the changed
ones are made least. HiGHS solves it; what it finds is verified with the unchanged cells fixed, since its
tolerance for binaries lets large cells move a little unpaid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xltool import messages
from xltool.checks.judging import Judged, Verdict, label_of, places
from xltool.checks.system import Cell, Key, System, component, system_of
from xltool.model.edition import Edition
from xltool.model.values import Value

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

MOST = 40
"""Equally likely explanations that are looked for; beyond, nobody is helped."""

FEW = 3
"""Cells of one list that are named one by one."""

SECONDS = 5.0
"""For one programme; where that is not enough, nobody is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspects:
    """The cells of a violated rule that may be the wrong ones; empty where the rule is not linear."""

    cells: tuple[Value, ...]
    linear: bool = True

    @property
    def sole(self) -> Value | None:
        """The one cell that the rules determine."""
        return self.cells[0] if len(self.cells) == 1 else None


def suspects(judged: Sequence[Judged], edition: Edition) -> Mapping[int, Suspects]:
    """By the place of each violated rule among those judged together, whom it suspects.

    Rules with a single cell need no guess, and neither does an edition without weights.
    """
    if edition.comparisons.suspicion is None or all(one.verdict is not Verdict.VIOLATED for one in judged):
        return {}
    system = system_of(judged, edition)
    found: dict[int, Suspects] = {
        number: Suspects(cells=(), linear=False)
        for number in system.not_linear
        if len({source.key for source in judged[number].sources}) > 1
    }
    cells_of: dict[int, list[Key]] = {}
    for row in system.rows:
        cells_of.setdefault(row.rule, []).extend(row.coefficients)
    violated = [number for number in cells_of if judged[number].verdict is Verdict.VIOLATED]
    done: set[int] = set()
    for number in violated:
        if number in done:
            continue
        part = component(system, [number])
        together = {row.rule for row in part.rows}
        done |= together
        named = {key for solution in explanations(part) for key in solution}
        for rule in sorted(together & set(violated)):
            keys = tuple(dict.fromkeys(cells_of[rule]))
            if len(keys) > 1:
                found[rule] = Suspects(cells=tuple(part.cells[key].source for key in keys if key in named))
    return found


def explanations(system: System) -> tuple[frozenset[Key], ...]:
    """All sets of cells of least weight whose change satisfies every row; none where there is no or no clear one."""
    programme = Programme.of(system)
    found: list[frozenset[Key]] = []
    excluded: list[tuple[frozenset[int], bool]] = []
    least: float | None = None
    for _ in range(4 * MOST):
        changed = programme.solve(excluded)
        if changed is None:
            return tuple(found)
        cost = sum(programme.cells[place].weight for place in changed)
        if least is not None and cost > least + 1e-6:
            return tuple(found)
        feasible = programme.is_satisfied_by(changed)
        excluded.append((changed, feasible))
        if feasible:
            least = cost
            found.append(frozenset(programme.keys[place] for place in changed))
            if len(found) > MOST:
                return ()
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A system in matrices: shift of each cell in units of its reach, rows scaled to 1."""

    keys: tuple[Key, ...]
    cells: tuple[Cell, ...]
    matrix: Numbers  # rows x cells
    limits: Numbers
    reach: Numbers  # the most that each cell is moved
    low: Numbers  # of the shift, within -1 and 1
    high: Numbers

    @classmethod
    def of(cls, system: System) -> Programme:
        """The programme of a system."""
        import numpy as np  # noqa: PLC0415 - loads only where a rule is violated

        keys = tuple(system.cells)
        cells = tuple(system.cells.values())
        place = {key: number for number, key in enumerate(keys)}
        matrix = np.zeros((len(system.rows), len(keys)))
        for number, row in enumerate(system.rows):
            for key, coefficient in row.coefficients.items():
                matrix[number, place[key]] = coefficient
        values = np.array([cell.value for cell in cells])
        limits = np.array([row.limit for row in system.rows]) - matrix @ values
        sizes = 1 + 2 * (np.abs(matrix) @ np.abs(values) + np.abs(limits))
        with np.errstate(divide="ignore"):
            reach = np.max(np.where(matrix != 0, sizes[:, None] / np.abs(matrix), 0.0), axis=0)
        low = np.array([max(-1.0, (cell.low - cell.value) / far) for cell, far in zip(cells, reach, strict=True)])
        high = np.array([min(1.0, (cell.high - cell.value) / far) for cell, far in zip(cells, reach, strict=True)])
        scale = np.max(np.abs(matrix * reach), axis=1)
        return cls(
            keys=keys,
            cells=cells,
            matrix=matrix * reach / scale[:, None],
            limits=limits / scale,
            reach=reach,
            low=np.minimum(low, 1.0),
            high=np.maximum(high, -1.0),
        )

    def solve(self, excluded: Sequence[tuple[frozenset[int], bool]]) -> frozenset[int] | None:
        """The cells that change at least weight; None where there is no solution.

        `excluded` are sets found before: of one that explains everything no superset is wanted, of one that
        turned out not to, no subset.
        """
        import numpy as np  # noqa: PLC0415
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

        count = len(self.cells)
        none, eye = np.zeros(self.matrix.shape), np.eye(count)
        constraints: list[Any] = [
            LinearConstraint(np.hstack([self.matrix, none]), ub=self.limits),
            LinearConstraint(np.hstack([eye, -np.diag(self.high)]), ub=np.zeros(count)),
            LinearConstraint(np.hstack([eye, -np.diag(self.low)]), lb=np.zeros(count)),
        ]
        for changed, explains in excluded:
            chosen = np.array([place in changed for place in range(count)], dtype=float)
            if explains:
                row = np.concatenate([np.zeros(count), chosen])
                constraints.append(LinearConstraint(row, ub=len(changed) - 1))
            else:
                row = np.concatenate([np.zeros(count), 1 - chosen])
                constraints.append(LinearConstraint(row, lb=1))
        answer = milp(
            np.concatenate([np.zeros(count), [cell.weight for cell in self.cells]]),
            constraints=constraints,
            integrality=np.concatenate([np.zeros(count), np.ones(count)]),
            bounds=Bounds(
                np.concatenate([np.minimum(self.low, 0), np.zeros(count)]),
                np.concatenate([np.maximum(self.high, 0), np.ones(count)]),
            ),
            options={"time_limit": SECONDS},
        )
        if answer.status != 0 or answer.x is None:
            return None
        return frozenset(np.flatnonzero(answer.x[count:] > 0.5).tolist())  # noqa: PLR2004 - a binary

    def is_satisfied_by(self, changed: frozenset[int]) -> bool:
        """Whether every row can hold while all other cells stay exactly as they are."""
        import numpy as np  # noqa: PLC0415
        from scipy.optimize import linprog  # noqa: PLC0415

        free = sorted(changed)
        part = self.matrix[:, free]
        touched = np.abs(part).sum(axis=1) > 0
        if np.any(self.limits[~touched] < 0):
            return False
        if not free:
            return True
        size = np.maximum(np.abs(part[touched]).max(axis=1), np.abs(self.limits[touched]))
        answer = linprog(
            np.zeros(len(free)),
            A_ub=part[touched] / size[:, None],
            b_ub=self.limits[touched] / size,
            bounds=list(zip(self.low[free], self.high[free], strict=True)),
        )
        return bool(answer.status == 0)


def in_words(suspected: Suspects | None, judged: Judged, edition: Edition) -> str:
    """What the finding of a violated rule adds to its message; nothing where there is nothing to say."""
    if suspected is None:
        return ""
    if not suspected.linear:
        return messages.reason("culprit_not_linear")
    if not suspected.cells:
        return ""
    code = "culprit_one" if len(suspected.cells) == 1 else "culprit_several"
    return messages.reason(code, cells="或".join(_named(suspected, judged, edition)))


def _named(suspected: Suspects, judged: Judged, edition: Edition) -> Iterator[str]:
    """The cells with label and place, operand by operand; of many in one list only how many there are."""
    keys = {cell.key for cell in suspected.cells}
    for leaf, quantity in judged.inputs:
        own = [source for source in quantity.sources if source.key in keys]
        keys -= {source.key for source in own}
        label = label_of(leaf, judged.check, edition)
        if len(own) > FEW:
            yield messages.reason("culprit_among", label=label, count=len(own))
            continue
        for source in own:
            whose = f"{source.unit}：" if source.unit is not None and judged.check.scope.value == "district" else ""
            yield f"{whose}“{label}”{places([source])}"
