"""Exit codes of the `doisoat` command, one meaning each."""

from enum import IntEnum


class Exit(IntEnum):
    """What the command's exit code says."""

    DONE = 0
    """All went well; also when there was nothing new."""
    FAILED = 1
    """The run failed; the former release is untouched. A table cannot be linked."""
    USAGE = 2
    """The command line is wrong."""
    REFUSED = 3
    """At least one delivery was refused; everything else was published."""
    HELD = 4
    """Gate two or the books stopped the release; the former release stays."""
    BUSY = 5
    """Another run holds the lock."""
    SETTINGS = 6
    """A setting is unknown or malformed; so is the description or the model of a linkage."""
