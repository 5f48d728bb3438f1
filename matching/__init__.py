"""Record linkage on polars: finds for every local record the person or enterprise it means, and says why.

`matching.standardise` makes records comparable, `link` matches them against the registers, `evaluate.evaluate` measures
the links against truth. `matching.schemas` names the frames between the stages; `matching.engine` links any two tables.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matching.linkage import link

__all__ = ["link"]


def __getattr__(name: str) -> object:
    """`link`, imported when it is asked for: the engine is a library of its own and starts without the registers."""
    if name != "link":
        raise AttributeError(f"module 'matching' has no attribute '{name}'")
    from matching.linkage import link  # noqa: PLC0415

    return link
