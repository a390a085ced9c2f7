"""The same work on a Dask cluster of real processes: equal results, and nothing lost with a worker."""

from __future__ import annotations

import importlib.util
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import killing
import pytest
from builders import clusters, contents, rounds
from builders.clusters import Cluster
from builders.rounds import xltool

from xltool.campaign import district_checks
from xltool.campaign.crew import End
from xltool.campaign.worker import Bounds
from xltool.campaign.workforce import Workforce
from xltool.errors import CampaignError
from xltool.messages import fault

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="needs the extra `cluster` (dask.distributed)"
)
BOUNDS = Bounds(work=60, wait=60, memory=1 << 30)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with clusters.started(tmp_path_factory.mktemp("cluster")) as running:
        yield running


def slowly(task: int) -> tuple[int, int]:
    time.sleep(0.05)
    return task * task, os.getpid()


def failing(task: int) -> int:
    if task == 1:
        raise CampaignError("campaign_faulty", reason="x")
    return 1 // (task - 2)


def lost(task: int, end: End, fault: str) -> int:
    return [End.FAULT].index(end) + len(fault) + task


def test_a_cluster_and_this_machine_store_the_same(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(district_checks, "HERE", 0)  # the checks of districts, too, are made there
    root, inbox = killing.campaign(tmp_path, 6)
    rounds.variants(inbox, 8)
    other = rounds.copied(root, tmp_path / "另一个")

    here = xltool("ingest", inbox, "--workers", 2, "--json", folder=root)
    there = xltool("ingest", inbox, "--scheduler", cluster.address, "--json", folder=other)

    assert (there.code, there.err) == (here.code, "")
    assert there.json == here.json
    assert contents.of(other) == contents.of(root)


def test_faults_of_tasks_and_of_the_run_come_back(cluster: Cluster) -> None:
    force = Workforce(scheduler=cluster.address)
    assert list(force.each(failing, [2, 3], lost, bounds=BOUNDS)) == [2 + len("ZeroDivisionError"), 1]
    with pytest.raises(CampaignError, match="campaign_faulty"):
        list(force.each(failing, [3, 1], lost, bounds=BOUNDS))


def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    with clusters.started(tmp_path) as cluster:
        answers = Workforce(scheduler=cluster.address).each(slowly, range(60), lambda *_: (-1, 0), bounds=BOUNDS)
        found = [next(answers) for _ in range(10)]
        cluster.workers[0].send_signal(signal.SIGKILL)
        found += answers
    assert [number for number, _ in found] == [number * number for number in range(60)]
    assert {process for _, process in found} <= {worker.pid for worker in cluster.workers}


def test_a_scheduler_that_is_not_there_is_said_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xltool.campaign.cluster.CONNECTING", 0.5)
    root = rounds.campaign(tmp_path)
    returned = rounds.returned(tmp_path / "返回.xlsx")

    said = xltool("ingest", returned, "--scheduler", "tcp://127.0.0.1:1", folder=root)

    message, _ = fault("scheduler_silent", address="tcp://127.0.0.1:1")
    assert said.code == 2
    assert said.fault.startswith(message)


def test_workers_here_and_there_exclude_each_other(tmp_path: Path) -> None:
    said = xltool("ingest", tmp_path, "--scheduler", "tcp://127.0.0.1:1", "--workers", 2)
    assert (said.code, said.fault.startswith(fault("workers_elsewhere")[0])) == (2, True)
