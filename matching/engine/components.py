"""What pairs connect, directly or by others between."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def components(left: Ints, right: Ints, size: int) -> Ints:
    """A number for each of so many nodes, equal for those that pairs connect."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - loads as long as a small linkage takes
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - loads as long as a small linkage takes

    graph = coo_array((np.ones(len(left)), (left, right)), (size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)
