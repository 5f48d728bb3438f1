"""Linking two small tables: the right links, an answer for everybody, and nothing that breaks on odd tables."""

import polars as pl
import pytest

from matching.engine.block import RuleCount
from matching.engine.keys import parse_key
from matching.engine.link import LINKS, dedupe, link
from matching.engine.spec import Cardinality, Costs, Limits, Rule
from matching.errors import SpecError
from matching.reasons import STATUS_REASONS, Reason, Status
from tests.matching.engine.people import FIELDS, is_right, records, register, spec

LINKED = pl.col("status") == Status.LINKED.value


@pytest.mark.parametrize("cardinality", [Cardinality.ONE_TO_ONE, Cardinality.MANY_TO_ONE, Cardinality.MANY_TO_MANY])
def test_damaged_records_find_their_person(cardinality: Cardinality) -> None:
    people = register()
    found = link(records(people).lazy(), people.lazy(), spec(cardinality)).links.filter(LINKED)
    assert is_right(found).mean() >= 0.99
    assert found["left_id"].n_unique() >= 0.97 * people.height / 2


def test_every_left_record_has_one_answer_where_it_may_have_one_partner() -> None:
    people = register()
    local = pl.concat(
        [records(people), pl.DataFrame([{"id": "nobody", **dict.fromkeys(FIELDS)}], schema=people.schema)]
    )
    links = link(local.lazy(), people.lazy(), spec()).links
    assert links["left_id"].sort().to_list() == local["id"].sort().to_list()
    assert links.schema == LINKS


def test_a_record_that_says_nothing_is_unlinkable() -> None:
    people = register()
    silent = pl.DataFrame([{"id": "nobody", **dict.fromkeys(FIELDS)}], schema=people.schema)
    answer = link(pl.concat([records(people), silent]).lazy(), people.lazy(), spec()).links.row(
        by_predicate=pl.col("left_id") == "nobody", named=True
    )
    assert (answer["status"], answer["reason"]) == (Status.UNLINKABLE.value, Reason.NO_USABLE_EVIDENCE.value)


def test_a_stranger_is_not_found() -> None:
    people = register()
    stranger = pl.DataFrame(
        [{"id": "S", "name": "Zhang Wei", "birth": "1888-01-01", "number": "999999999999", "place": "77777"}]
    )
    answer = link(pl.concat([records(people), stranger]).lazy(), people.lazy(), spec()).links
    assert answer.filter(pl.col("left_id") == "S")["status"].to_list() == [Status.NOT_FOUND.value]


def test_every_status_comes_with_one_of_its_reasons() -> None:
    people = register()
    links = link(records(people).lazy(), people.lazy(), spec()).links
    for status, reason in links.select("status", "reason").unique().iter_rows():
        assert Reason(reason) in STATUS_REASONS[Status(status)]


def test_one_to_one_never_takes_a_row_twice() -> None:
    people = register()
    local = records(people)
    twice = pl.concat([local, local.with_columns(pl.col("id") + "b")])
    found = link(twice.lazy(), people.lazy(), spec(Cardinality.ONE_TO_ONE)).links.filter(LINKED)
    assert found["right_id"].is_unique().all()
    assert found["left_id"].is_unique().all()


def test_two_entries_that_say_the_same_go_to_review_and_not_by_row_order() -> None:
    people = register()
    twin = people.row(0, named=True) | {"id": "TWIN"}
    both = pl.concat([people, pl.DataFrame([twin], schema=people.schema)])
    answer = link(records(people).lazy(), both.lazy(), spec()).links.row(
        by_predicate=pl.col("left_id") == "RP00000", named=True
    )
    assert (answer["status"], answer["reason"]) == (Status.REVIEW.value, Reason.CLOSE_RUNNER_UP.value)


def test_a_cost_of_review_makes_a_band_of_reviews() -> None:
    people = register(2000)
    vague = records(people).with_columns(
        number=pl.lit(None, pl.String), place=pl.lit(None, pl.String), birth=pl.col("birth").str.head(4)
    )
    by_name = (Rule((parse_key("name:bare"),)), Rule((parse_key("birth:year"), parse_key("name:last_word"))))
    without = link(vague.lazy(), people.lazy(), spec(rules=by_name)).links
    costs = Costs(false_link=10, miss=1, review=0.2)
    banded = link(vague.lazy(), people.lazy(), spec(rules=by_name, costs=costs))
    assert (banded.links["status"] == Status.REVIEW.value).sum() > (without["status"] == Status.REVIEW.value).sum()
    assert banded.thresholds.review < banded.thresholds.link


@pytest.mark.parametrize("sizes", [(0, 0), (0, 3), (3, 0), (1, 1), (1, 0)])
def test_empty_and_single_tables_work(sizes: tuple[int, int]) -> None:
    people = register(3)
    left, right = people.head(sizes[0]), people.head(sizes[1])
    links = link(left.lazy(), right.lazy(), spec()).links
    assert links.height == sizes[0]


def test_tables_without_a_value_work() -> None:
    people = register(20).with_columns(pl.lit(None, pl.String).alias(name) for name in FIELDS)
    links = link(people.lazy(), people.lazy(), spec()).links
    assert links["status"].unique().to_list() == [Status.UNLINKABLE.value]


def test_tables_of_one_repeated_row_work_and_link_nobody() -> None:
    same = pl.concat([register(1)] * 40).with_columns(id=pl.int_range(40).cast(pl.String))
    links = link(same.lazy(), same.lazy(), spec()).links
    assert not (links["status"] == Status.LINKED.value).any()


def test_a_hundred_thousand_placeholder_rows_do_not_blow_up() -> None:
    people = register()
    row = people.row(0, named=True) | {"number": "000000000", "name": "Không rõ", "birth": None, "place": "00001"}
    many = pl.DataFrame([row], schema=people.schema)
    many = pl.concat([many] * 100_000).with_columns(id=pl.format("X{}", pl.int_range(100_000)))
    right = pl.concat([people, many.with_columns(id="Y" + pl.col("id"))])
    result = link(pl.concat([records(people), many]).lazy(), right.lazy(), spec())
    assert sum(each.pairs for each in result.rules) < 5_000_000
    assert sum(each.set_aside_pairs for each in result.rules) > 0
    found = result.links.filter(LINKED & ~pl.col("left_id").str.starts_with("X"))
    assert found["left_id"].n_unique() >= 0.95 * records(people).height


def test_a_given_model_gives_the_same_links_without_learning() -> None:
    people = register()
    first = link(records(people).lazy(), people.lazy(), spec())
    again = link(records(people).lazy(), people.lazy(), spec(limits=Limits(training_pairs=1)), model=first.model)
    assert again.links.equals(first.links)


def test_duplicates_are_found_and_clusters_named_by_their_smallest_id() -> None:
    people = register()
    local = records(people).select(people.columns)
    result = dedupe(pl.concat([people, local]).lazy(), spec())
    assert result.clusters is not None
    both = result.clusters.filter(pl.len().over("cluster_id") > 1)
    assert both.height >= 0.97 * people.height
    assert (both["cluster_id"] == both.select(pl.col("id").min().over("cluster_id")).to_series()).all()
    assert result.clusters.height == people.height + local.height


def test_no_record_is_its_own_duplicate_and_each_two_meet_once() -> None:
    people = register(60)
    pairs = dedupe(pl.concat([people, records(people).select(people.columns)]).lazy(), spec()).pairs
    assert pairs.filter(pl.col("left_id") == pl.col("right_id")).is_empty()
    both = pairs.select(one=pl.min_horizontal("left_id", "right_id"), two=pl.max_horizontal("left_id", "right_id"))
    assert pairs.height == both.n_unique() > 0


def test_two_records_of_one_table_are_one_pair_wherever_pairs_are_counted() -> None:
    told: list[RuleCount] = []
    result = dedupe(register(40).lazy(), spec(rules=()), report=told.append)
    assert [(each.pairs, each.largest_block) for each in told] == [(780, 780)]
    assert result.rules == tuple(told)


def test_most_matches_that_blocking_loses_are_owned_up_to() -> None:
    people = register()
    assert (link(records(people).lazy(), people.lazy(), spec()).found_share or 0) > 0.95


@pytest.mark.parametrize("cardinality", list(Cardinality))
@pytest.mark.parametrize("heights", [(1, 1), (1, 3), (60, 100)])
def test_rows_without_a_value_are_linked_to_nobody(cardinality: Cardinality, heights: tuple[int, int]) -> None:
    people = register(heights[1]).with_columns(pl.lit(None, pl.String).alias(name) for name in ("name", "birth"))
    silent = people.head(heights[0]).with_columns(pl.lit(None, pl.String).alias(name) for name in FIELDS)
    local = silent.with_columns("S" + pl.col("id"))
    if cardinality is Cardinality.DEDUPE:
        assert not dedupe(local.lazy(), spec(cardinality, rules=())).links.height
    else:
        links = link(local.lazy(), people.lazy(), spec(cardinality, rules=())).links
        assert set(links["status"]) == {Status.UNLINKABLE.value}


@pytest.mark.parametrize("copies", [0, 900, 2_500])
def test_rules_are_found_beside_rows_that_all_say_the_same(copies: int) -> None:
    people = register(2_400)
    same = pl.concat([people.head(1)] * copies) if copies else people.clear()
    same = same.with_columns(id=pl.format("X{}", pl.int_range(copies)), number=pl.lit("000000001"))
    local = records(people)
    one, two = (
        pl.concat([side, same.with_columns(pl.col("id") + mark)]) for side, mark in ((local, "l"), (people, "r"))
    )
    linked = link(one.lazy(), two.lazy(), spec(rules=())).links.filter(LINKED)
    found = linked.filter(pl.col("left_id").is_in(local["id"].implode()))
    assert is_right(found).mean() >= 0.99
    assert found.height >= 0.9 * local.height


@pytest.mark.parametrize("value", ["x", None])
def test_tables_of_thousands_of_equal_rows_need_no_rule(value: str | None) -> None:
    rows = pl.DataFrame({"id": map(str, range(3_000))}).with_columns(pl.lit(value).alias(name) for name in FIELDS)
    links = link(rows.lazy(), rows.lazy(), spec(rules=())).links
    assert not links.filter(LINKED).height


@pytest.mark.parametrize("repeated", ["left", "right"])
def test_an_id_that_stands_twice_is_refused(repeated: str) -> None:
    people = register()
    local = records(people)
    one, two = (
        pl.concat([side, side.head(1)]) if name == repeated else side
        for name, side in (("left", local), ("right", people))
    )
    with pytest.raises(SpecError, match="an id stands in two rows"):
        link(one.lazy(), two.lazy(), spec())


def test_a_missing_id_is_refused() -> None:
    people = register()
    with pytest.raises(SpecError, match="an id is missing"):
        link(records(people).with_columns(id=pl.lit(None, pl.String)).lazy(), people.lazy(), spec())
