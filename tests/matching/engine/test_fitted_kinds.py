"""Kinds that learn from the tables what is rare see both tables before any pair is weighed."""

import polars as pl

from matching.engine.link import link
from matching.engine.spec import Comparison, Spec
from matching.engine.tables import Plan, prepare

COMPARED = (Comparison("title", "text", "title", "title"), Comparison("price", "number", "price", "price"))
SPEC = Spec("id", "id", COMPARED)
WORDS = ("sony", "canon", "lcd", "television", "camera", "black", "silver", "digital", "zoom", "bravia")


def products(size: int = 120) -> pl.DataFrame:
    titles = [
        f"{WORDS[at % 10]} {WORDS[at * 7 % 9]} {WORDS[at * 3 % 8]} kdl-{at * 37 % 997}v{at % 5}" for at in range(size)
    ]
    return pl.DataFrame(
        {"id": [f"{at:03}" for at in range(size)], "title": titles, "price": [f"{at * 7}.50" for at in range(size)]}
    )


def offers() -> pl.DataFrame:
    """The same products, the words turned and the code written together."""
    turned = pl.col("title").str.split(" ").list.reverse().list.join(" ").str.replace_all("-", "")
    return products().with_columns(turned.str.to_uppercase().alias("title"))


def test_kinds_see_the_words_of_both_tables():
    plan = Plan.of(SPEC, ())
    frames = [pl.DataFrame({"id": ["1"], "title": [title], "price": ["1"]}) for title in ("sony lcd", "canon lcd")]
    tables = [prepare(frame.lazy(), plan, is_left=not at) for at, frame in enumerate(frames)]
    text = plan.fitted(*tables).kinds[0]
    weights = text.weights.known["weight"].sort()
    assert plan.kinds[0].weights.known.is_empty()
    assert len(weights) == 3
    assert weights[0] < weights[1] == weights[2]


def test_titles_are_linked_by_their_rare_words():
    links = link(products().lazy(), offers().lazy(), SPEC).links
    assert links.filter(pl.col("status") == "linked").height > 110
    assert (links["left_id"] == links["right_id"]).all()


def test_shuffled_rows_give_the_same_links():
    left, right = products(), offers()
    shuffled = [frame.sample(fraction=1, shuffle=True, seed=3).lazy() for frame in (left, right)]
    assert link(*shuffled, SPEC).links.equals(link(left.lazy(), right.lazy(), SPEC).links)
