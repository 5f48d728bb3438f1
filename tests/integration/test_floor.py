"""The whole sample is linked as well as ever: a floor under the accuracy of the nightly run."""

import json

import pytest

from flows.exits import Exit
from tests.integration.deliveries import SAMPLES
from tests.integration.test_command import doisoat


@pytest.fixture(scope="module")
def rates(tmp_path_factory, prefect):
    """Of every role of the sample: records, in_register, linked, correct, review."""
    folder = tmp_path_factory.mktemp("sample")
    done = doisoat("run", "--drop", SAMPLES / "drop", cwd=folder)
    assert done.returncode == Exit.DONE, done.stderr
    found = json.loads(doisoat("evaluate", "--truth", SAMPLES / "truth", "--json", cwd=folder).stdout)
    return [rates for dataset in found.values() for rates in dataset.values()]


def total(rates, name):
    return sum(role[name] for role in rates)


def test_hardly_a_link_is_wrong(rates):
    assert total(rates, "correct") >= 0.999 * total(rates, "linked")


def test_hardly_a_person_is_missed(rates):
    assert total(rates, "correct") >= 0.975 * total(rates, "in_register")


def test_few_records_need_a_steward(rates):
    assert total(rates, "review") <= 0.03 * total(rates, "records")
