"""What always holds of the engine, whatever the order, the chunks and the threads."""

import subprocess
import sys
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import weigh
from matching.engine.block import blocks
from matching.engine.link import link
from matching.engine.spec import Cardinality, Comparison, Limits
from matching.engine.tables import Plan, prepare
from matching.engine.train import train
from tests.matching.engine.people import FIELDS, records, register, spec

ONE_TO_ONE = spec(Cardinality.ONE_TO_ONE)


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    return register()


@pytest.fixture(scope="module")
def links(people: pl.DataFrame) -> pl.DataFrame:
    return link(records(people).lazy(), people.lazy(), ONE_TO_ONE).links


@pytest.mark.parametrize("seed", [1, 2])
def test_shuffled_rows_give_the_same_links(people: pl.DataFrame, links: pl.DataFrame, seed: int) -> None:
    left, right = (frame.sample(fraction=1, shuffle=True, seed=seed) for frame in (records(people), people))
    assert link(left.lazy(), right.lazy(), ONE_TO_ONE).links.equals(links)


def test_columns_in_another_order_give_the_same_links(people: pl.DataFrame, links: pl.DataFrame) -> None:
    left, right = records(people).select(*FIELDS[::-1], "id"), people.select("place", "id", "birth", "number", "name")
    assert link(left.lazy(), right.lazy(), ONE_TO_ONE).links.equals(links)


@pytest.mark.parametrize("rows", [7, 100])
def test_other_chunks_give_the_same_links(people: pl.DataFrame, links: pl.DataFrame, rows: int) -> None:
    small = replace(ONE_TO_ONE, limits=Limits(pairs_at_once=rows, rows_at_once=rows))
    assert link(records(people).lazy(), people.lazy(), small).links.equals(links)


def test_one_thread_gives_the_same_links(people: pl.DataFrame, links: pl.DataFrame) -> None:
    program = (
        "from matching.engine.link import link\n"
        "from matching.engine.spec import Cardinality\n"
        "from tests.matching.engine.people import records, register, spec\n"
        "people = register()\n"
        "found = link(records(people).lazy(), people.lazy(), spec(Cardinality.ONE_TO_ONE)).links\n"
        "print(found.write_csv())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={"POLARS_MAX_THREADS": "1"}, check=True, stdout=subprocess.PIPE, text=True
    )
    assert done.stdout.strip() == links.write_csv().strip()


@pytest.fixture(scope="module")
def weighed(people: pl.DataFrame) -> "Weighed":
    return Weighed(people)


class Weighed:
    """Weighs any pair by the model of the two tables."""

    def __init__(self, people: pl.DataFrame) -> None:
        self.people = people
        self.plan = Plan.of(ONE_TO_ONE, ONE_TO_ONE.rules)
        left = prepare(records(people).lazy(), self.plan, is_left=True)
        self.right = prepare(people.lazy(), self.plan, is_left=False)
        self.model = train(left, self.right, self.plan, blocks(left, self.right, self.plan))

    def weight(self, record: dict[str, str | None], at: int) -> float:
        left = prepare(pl.DataFrame([record], schema=self.people.schema).lazy(), self.plan, is_left=True)
        rare = weigh.with_rarity(self.right, self.model)
        pair = pl.DataFrame({"l": [0], "r": [at]}, schema={"l": pl.UInt32, "r": pl.UInt32})
        by = weigh.scales(self.model, self.plan)
        scored = weigh.weigh(pair, left.rows, rare, self.plan, by=by, cut=-1e9)
        # A pair that says nothing is not kept, and weighs nothing.
        return float(weigh.weights(scored, self.model, [f"c{place}" for place in range(len(FIELDS))]).sum())


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 299), other=st.integers(0, 599), blanked=st.sets(st.sampled_from(FIELDS), min_size=1))
def test_blanking_a_field_never_raises_a_weight(weighed: Weighed, at: int, other: int, blanked: set[str]) -> None:
    record = records(weighed.people).row(at, named=True)
    less = record | dict.fromkeys(blanked)
    assert weighed.weight(less, other) <= weighed.weight(record, other) + 1e-9


@settings(max_examples=40, deadline=None)
@given(one=st.integers(0, 599), two=st.integers(0, 599))
def test_agreement_on_a_rarer_name_never_weighs_less(weighed: Weighed, one: int, two: int) -> None:
    counts = weighed.people["name"].value_counts().rows_by_key("name", unique=True)
    first, second = (weighed.people.row(at, named=True) for at in (one, two))
    rarer, commoner = sorted((first, second), key=lambda person: counts[person["name"]])
    weights = [
        weighed.weight({"id": "x", **dict.fromkeys(FIELDS), "name": each["name"]}, int(each["id"][1:]))
        for each in (rarer, commoner)
    ]
    assert weights[0] >= weights[1] - 1e-6


def test_shuffled_rows_teach_the_same_model_to_the_last_bit(people: pl.DataFrame) -> None:
    left, right = records(people), people
    shuffled = [frame.sample(fraction=1, shuffle=True, seed=3).lazy() for frame in (left, right)]
    assert link(*shuffled, ONE_TO_ONE).model == link(left.lazy(), right.lazy(), ONE_TO_ONE).model


def test_another_seed_weighs_the_same_by_a_given_model(people: pl.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    # So few rows in the sample that another seed would draw others.
    monkeypatch.setattr("matching.engine.tables._SAMPLE", 50)
    compared = (Comparison("name", "text", "name", "name"), *ONE_TO_ONE.comparisons[1:])
    of_text = replace(ONE_TO_ONE, comparisons=compared)
    first = link(records(people).lazy(), people.lazy(), of_text)
    again = link(records(people).lazy(), people.lazy(), replace(of_text, seed=9), model=first.model)
    assert again.pairs.drop("probability").equals(first.pairs.drop("probability"))
