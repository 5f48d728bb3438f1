"""Errors of pulling.

PullError (a FlowError)      a drop or a delivery cannot be used
├── MisplacedFilesError      a drop folder has files, but none where a delivery has its own
├── AmbiguousDropError       files and folders are mixed so that it is unclear which folder is the delivery
├── FileChangedError         a file changed between being found and being kept
└── UnreadableError          a file cannot be read; carries the Problem, caught by `read_delivery`
"""

from pathlib import Path

from flows.errors import FlowError
from flows.exits import Exit
from flows.pull.model import Problem


class PullError(FlowError):
    """A drop or a delivery cannot be used."""


class MisplacedFilesError(PullError):
    """The drop folder has files, but none where a delivery has its own."""

    exit = Exit.USAGE

    def __init__(self, drop: Path) -> None:
        self.drop = drop
        super().__init__(
            f"Thư mục {drop} có tệp nằm sai chỗ. Hãy xếp tệp theo <drop>/<nguồn>/<đợt giao>/.",
            f"The folder {drop} has files in the wrong place. Arrange them as <drop>/<source>/<delivery>/.",
        )


class AmbiguousDropError(PullError):
    """It is unclear which folder is the delivery."""

    exit = Exit.USAGE

    def __init__(self, drop: Path) -> None:
        self.drop = drop
        super().__init__(
            f"Thư mục {drop} vừa có tệp dữ liệu vừa có thư mục con chứa dữ liệu nên không rõ đâu là đợt giao. "
            "Hãy xếp tệp theo <drop>/<nguồn>/<đợt giao>/.",
            f"The folder {drop} holds data files beside folders with data, so it is unclear which is the delivery. "
            "Arrange the files as <drop>/<source>/<delivery>/.",
        )


class FileChangedError(PullError):
    """A file is no longer what it was when it was found."""

    def __init__(self, file: Path) -> None:
        self.file = file
        super().__init__(
            f"Tệp {file} thay đổi trong khi đang được lưu. Hãy chờ hệ thống nguồn ghi xong rồi chạy lại.",
            f"The file {file} changed while it was being stored. Wait until the source has written it and run again.",
        )


class UnreadableError(PullError):
    """A file cannot be read."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.vi, problem.en)
