"""The sample deliveries are read whole, without a problem."""

from pathlib import Path

import pytest

from contracts import received
from flows.pull import discover, read_delivery

EXTRACTS = Path(__file__).parents[3] / "../shared/extracts"


@pytest.mark.skipif(not EXTRACTS.exists(), reason="the extracts are not beside the project")
@pytest.mark.parametrize("drop", ["field-small/drop", "field-small/next-day/drop", "hostile-small/drop"])
def test_every_sample_delivery_is_read_without_a_problem(drop):
    for delivery in discover(EXTRACTS / drop):
        result = read_delivery(delivery, received(), has_full=lambda _: True)
        problems = [each for each in result.problems if each.code != "encoding_detected"]
        assert (result.status, problems, result.rejects.height) == ("accepted", [], 0)
        declared = {name: files.rows for name, files in delivery.datasets.items() if files.rows is not None}
        assert {name: result.frames[name].height for name in declared} == declared
