"""Errors of answers to quarantined rows.

FlowError
├── AnswersRefusedError     sheets that were not taken in, with everything that is wrong with them
└── NotReleasableError      rows named on the command line with which that cannot be done
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.errors import FlowError
from flows.exits import Exit

SHOWN = 50
"""How many faults are told; the rest are counted."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with an answer, and where; never a value of the sheet."""

    file: str
    sheet: str
    row: int
    """As the clerk sees it; 0 where the whole sheet or file is meant."""
    column: str
    vi: str
    en: str

    @property
    def sentences(self) -> tuple[str, str]:
        """What is wrong, where and what to do, in Vietnamese and English."""
        place_vi = [f"tệp {self.file}"]
        place_en = [f"file {self.file}"]
        if self.sheet:
            place_vi.append(f"trang “{self.sheet}”")
            place_en.append(f"sheet “{self.sheet}”")
        if self.row:
            place_vi.append(f"dòng {self.row}")
            place_en.append(f"row {self.row}")
        if self.column:
            place_vi.append(f"cột {self.column}")
            place_en.append(f"column {self.column}")
        vi, en = ", ".join(place_vi), ", ".join(place_en)
        return f"{vi[:1].upper()}{vi[1:]}: {self.vi}", f"{en[:1].upper()}{en[1:]}: {self.en}"


class AnswersRefusedError(FlowError):
    """Sheets whose answers cannot be taken in; nothing of any of them was."""

    exit = Exit.REFUSED

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        told = [each.sentences for each in self.faults[:SHOWN]]
        left = len(self.faults) - len(told)
        more_vi, more_en = (f"\n… và {left} lỗi nữa", f"\n… and {left} more") if left else ("", "")
        super().__init__(
            "Không nhận câu trả lời nào; hãy sửa các chỗ sau rồi nhận lại:\n"
            + "\n".join(f"– {vi}" for vi, _ in told)
            + more_vi,
            "No answer was taken in; mend the following and import again:\n"
            + "\n".join(f"– {en}" for _, en in told)
            + more_en,
        )


class NotReleasableError(FlowError):
    """Rows that were named, and what stands in the way of each."""

    exit = Exit.USAGE

    def __init__(self, obstacles: Sequence[tuple[str, str, str]]) -> None:
        self.obstacles = tuple(obstacles)
        vi = "\n".join(f"– {each[:12]}: {why}" for each, why, _ in self.obstacles[:SHOWN])
        en = "\n".join(f"– {each[:12]}: {why}" for each, _, why in self.obstacles[:SHOWN])
        super().__init__(f"Không làm gì với dòng nào:\n{vi}", f"Nothing was done with any row:\n{en}")
