"""Where families live: communes of very different size, and addresses below them.

The codes are made up: five digits, none of them promised to be a commune.
"""

import numpy as np
import polars as pl

from bench.province.draws import Floats, Ints, drawn, happens, shares
from bench.province.vocabulary import STREETS

COMMUNES = 120
FIRST_CODE = 25_000
STEP = 3
RURAL_SHARE = 0.35


def commune_weights() -> Floats:
    """Sizes from the largest commune to one about a fortieth of it."""
    return shares(np.exp(-np.arange(COMMUNES) / COMMUNES * np.log(40)))


def communes(rng: np.random.Generator, size: int) -> Ints:
    """Codes of communes, the large ones more often."""
    return drawn(rng, FIRST_CODE + STEP * np.arange(COMMUNES), commune_weights(), size)


def addresses(rng: np.random.Generator, size: int) -> pl.Series:
    """House, street and quarter; in the country group and hamlet."""
    drawn_parts = pl.DataFrame(
        {
            "house": rng.integers(1, 400, size),
            "lane": rng.integers(1, 60, size),
            "has_lane": happens(rng, 0.4, size),
            "quarter": rng.integers(1, 12, size),
            "is_rural": happens(rng, RURAL_SHARE, size),
            "street": pl.Series(STREETS).gather(rng.integers(0, len(STREETS), size)),
        }
    )
    lane = pl.when("has_lane").then(pl.format("/{}", "lane")).otherwise(pl.lit(""))
    town = pl.format("Số {}{}, đường {}, khu phố {}", "house", lane, "street", "quarter")
    rural = pl.format("Tổ {}, ấp {}", "lane", "quarter")
    return drawn_parts.select(address=pl.when("is_rural").then(rural).otherwise(town)).to_series()
