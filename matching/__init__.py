"""Record linkage on polars: finds for every local record the person or enterprise it means, and says why.

`matching.standardise` makes records comparable, `link` matches them against the registers, `evaluate.evaluate` measures
the links against truth. `matching.schemas` names the frames between the stages; `matching.engine` links any two tables.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matching.linkage import learn, link, link_night

__all__ = ["learn", "link", "link_night"]


def __getattr__(name: str) -> object:
    """What is imported when it is asked for: the engine is a library of its own and starts without the registers."""
    if name not in __all__:
        raise AttributeError(f"module 'matching' has no attribute '{name}'")
    return getattr(import_module("matching.linkage"), name)
