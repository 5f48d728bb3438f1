"""Record linkage on polars: finds for every local record the person or enterprise it means, and says why.

`matching.standardise` makes records comparable, `link` matches them against the registers, `evaluate` measures the
links against truth. `matching.schemas` names the frames between the stages.
"""

from matching import schemas
from matching.evaluate import evaluate
from matching.linkage import learn, link

__all__ = ["evaluate", "learn", "link", "schemas"]
