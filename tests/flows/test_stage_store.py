"""Stage results: whole or not there, and reused when a run is started again."""

import pytest

from flows.stage_store import StageStore


def test_a_finished_stage_is_not_made_again(tmp_path):
    calls = []

    def make(folder):
        calls.append(folder)
        (folder / "rows").write_text("1")

    first = StageStore(tmp_path / "run").keep("read", make)
    again = StageStore(tmp_path / "run")
    assert again.keep("read", make) == first
    assert len(calls) == 1
    assert [each.reused for each in again.times] == [True]


def test_a_stage_that_died_halfway_is_made_again_from_nothing(tmp_path):
    store = StageStore(tmp_path / "run")

    def dies(folder):
        (folder / "half").write_text("1")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.keep("read", dies)
    result = store.keep("read", lambda folder: (folder / "whole").write_text("1"))
    assert [each.name for each in result.iterdir()] == ["whole"]


def test_discarding_leaves_nothing_of_former_tries_either(tmp_path):
    StageStore(tmp_path / "work" / "killed").keep("read", lambda folder: None)
    store = StageStore(tmp_path / "work" / "run")
    store.keep("read", lambda folder: None)
    store.discard()
    assert list(tmp_path.iterdir()) == []
