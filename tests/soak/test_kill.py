"""kill -9 of the server during saves, twenty times; `make soak` does it five hundred times."""

from pathlib import Path

import pytest

from bench.kill.rounds import kill_often

KILLS = 20


@pytest.mark.kill
def test_a_killed_server_loses_no_save_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    report = kill_often(tmp_path, kills=KILLS, seed=37)
    assert not report.faults, "\n".join(report.faults)
    assert report.kills == KILLS
    assert report.acknowledged > KILLS, "too few saves for the kills to fall into"
    assert report.unanswered, "no kill fell into a save"
    assert report.disclosures, "nothing was issued"
