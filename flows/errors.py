"""Errors of the flows.

FlowError                    something a person at the console can act on; carries its exit code
├── SettingsError            a key of the settings is unknown or malformed
├── DropMissingError         a drop folder is not there
├── ReservedSourceError      a drop folder has a source named as corrections are
├── HoldingMissingError      the workspace lacks rows that the database says were published from it
├── BooksError               the books of a dataset do not balance; nothing is published
├── OrchestratorError        Prefect's server did not come up
├── TruthError               the truth folder cannot be read
├── PathError                a path on the command line cannot be read or written
├── ForeignFolderError       a folder to be written anew holds what somebody else put there
├── TableError               a table to be linked cannot be read, or its ids do not tell its rows apart
├── AnswersError             a workbook of tickets was not filled in as it can be understood
├── AnchorsUnreadableError   the noted heads of the audit log cannot be read
├── ExportUnfinishedError    a release is published, but its Parquet files could not be written
├── UnknownNameError         a unit or dataset asked for is in no run
├── NotReckonedError         no run has reckoned the quality yet
└── StageFailedError         a stage failed for a reason that none of our packages foresaw
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from flows.exits import Exit


class FlowError(Exception):
    """A run cannot go on, and a person can do something about it."""

    exit: Exit = Exit.FAILED

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(f"{vi}\n{en}")


class SettingsError(FlowError):
    """A key of the settings is unknown or its value malformed."""

    exit = Exit.SETTINGS

    def __init__(self, key: str, problem: str, *, origin: str) -> None:
        self.key, self.problem, self.origin = key, problem, origin
        super().__init__(
            f"Cấu hình sai ở khóa `{key}` ({origin}): {problem}. Hãy sửa khóa này rồi chạy lại.",
            f"Setting `{key}` ({origin}) is wrong: {problem}. Correct that key and start again.",
        )


class DropMissingError(FlowError):
    """A configured drop folder does not exist."""

    exit = Exit.USAGE

    def __init__(self, drop: Path) -> None:
        self.drop = drop
        super().__init__(
            f"Không có thư mục giao dữ liệu {drop}. Hãy kiểm tra --drop.",
            f"There is no drop folder {drop}. Check --drop.",
        )


class ReservedSourceError(FlowError):
    """A source in a drop folder bears the name that corrections of quarantined rows have."""

    exit = Exit.USAGE

    def __init__(self, source: str) -> None:
        self.source = source
        super().__init__(
            f"Nguồn {source}: tên kết thúc bằng “.corrections” dành riêng cho bản sửa dòng cách ly. "
            "Hãy đổi tên thư mục.",
            f"Source {source}: names that end in “.corrections” are kept for corrections of quarantined rows. "
            "Rename the folder.",
        )


class HoldingMissingError(FlowError):
    """The workspace lacks rows the database's release was made from."""

    def __init__(self, dataset: str, path: Path) -> None:
        self.dataset, self.path = dataset, path
        super().__init__(
            f"Thiếu tệp {path}: cơ sở dữ liệu đã công bố tập {dataset} từ một workspace khác. "
            "Hãy dùng đúng --workspace, hoặc bắt đầu lại với một cơ sở dữ liệu trống.",
            f"{path} is missing: the database published {dataset} from another workspace. Use that --workspace, "
            "or start again with an empty database.",
        )


class BooksError(FlowError):
    """Rows were lost or counted twice."""

    def __init__(self, dataset: str, sentence: str) -> None:
        self.dataset = dataset
        super().__init__(
            f"Sổ đối soát của tập {dataset} không cân ({sentence}); không công bố gì. "
            "Hãy báo nhà phát triển kèm tệp summary.json.",
            f"The books of {dataset} do not balance ({sentence}); nothing is published. Report it with summary.json.",
        )


class OrchestratorError(FlowError):
    """Prefect's own server did not start."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"Máy chủ Prefect không khởi động được trong {seconds:.0f} giây. Hãy chạy lại, hoặc đặt PREFECT_API_URL.",
            f"Prefect's server did not come up within {seconds:.0f} s. Start again, or set PREFECT_API_URL.",
        )


class TruthError(FlowError):
    """The truth folder lacks what `evaluate` needs."""

    exit = Exit.USAGE

    def __init__(self, path: Path, problem_vi: str, problem_en: str) -> None:
        self.path = path
        super().__init__(f"{path}: {problem_vi}", f"{path}: {problem_en}")


class PathError(FlowError):
    """A path on the command line leads nowhere, or to something that cannot be read or written."""

    exit = Exit.USAGE

    def __init__(self, path: Path, problem_vi: str, problem_en: str) -> None:
        self.path = path
        super().__init__(f"{path}: {problem_vi}", f"{path}: {problem_en}")


class ForeignFolderError(FlowError):
    """A folder that would be written anew as a whole is not one that we wrote."""

    exit = Exit.USAGE

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            f"{folder} đã có và không phải do lệnh này lập, nên không ghi đè. Hãy chọn một thư mục mới hoặc trống.",
            f"{folder} exists and was not made by this command, so it is left alone. Choose a new or empty folder.",
        )


class TableError(FlowError):
    """A table cannot be linked. Names files, rows and columns, never a value."""

    def __init__(self, path: Path, vi: str, en: str) -> None:
        self.path = path
        super().__init__(vi, en)


class NotPublishedError(FlowError):
    """What was asked for is not among what is published."""

    exit = Exit.USAGE

    def __init__(self, option: str, given: str, near: Iterable[str]) -> None:
        self.option, self.given, self.near = option, given, tuple(near)
        words = ", ".join(self.near)
        super().__init__(
            f"{option} {given}: bản phát hành không có. Gần nhất: {words}.",
            f"{option} {given}: the release has none. Nearest: {words}.",
        )


class AnswersError(FlowError):
    """A row of a filled-in workbook is not understood; nothing is taken in. Never tells what was written."""

    exit = Exit.USAGE

    def __init__(self, path: Path, sheet: str, row: int, column: str, vi: str, en: str) -> None:
        self.path, self.sheet, self.row, self.column = path, sheet, row, column
        super().__init__(
            f'Tệp {path.name}, trang "{sheet}", dòng {row}, cột "{column}": {vi}. Chưa nhận gì từ tệp này.',
            f'File {path.name}, sheet "{sheet}", row {row}, column "{column}": {en}. Nothing of it was taken in.',
        )


class AnchorsUnreadableError(FlowError):
    """A line of the noted heads of the audit log is none."""

    def __init__(self, path: Path, line: int) -> None:
        self.path, self.line = path, line
        super().__init__(
            f"{path}, dòng {line}: không phải một mốc của nhật ký kiểm toán. Hãy khôi phục tệp này từ bản sao lưu.",
            f"{path}, line {line}: not a head of the audit log. Restore this file from a backup.",
        )


class ExportUnfinishedError(FlowError):
    """A release is published, but its Parquet files could not be written."""

    def __init__(self, release: int, folder: Path, problem: str) -> None:
        self.release, self.folder, self.problem = release, folder, problem
        super().__init__(
            f"Bản phát hành {release} đã công bố, nhưng chưa xuất được tệp Parquet vào {folder} ({problem}). "
            "Hãy dọn chỗ rồi chạy `doisoat run`: lệnh này xuất lại bản hiện hành.",
            f"Release {release} is published, but its Parquet files could not be written to {folder} ({problem}). "
            "Make room, then `doisoat run`: it exports the current release again.",
        )


class UnknownNameError(FlowError):
    """A receiving unit or dataset was asked for that no run knows; the nearest known ones are offered."""

    exit = Exit.USAGE

    def __init__(self, vi: str, en: str, name: str, known: Sequence[str]) -> None:
        self.name, self.known = name, tuple(known)
        near = get_close_matches(name, known, n=3, cutoff=0.5)
        offer_vi, offer_en = (
            (f" Có phải: {'; '.join(near)}?", f" Did you mean: {'; '.join(near)}?") if near else ("", "")
        )
        super().__init__(f"Không có {vi} {name}.{offer_vi}", f"There is no {en} {name}.{offer_en}")


class NotReckonedError(FlowError):
    """No run has reckoned the quality yet."""

    def __init__(self) -> None:
        super().__init__(
            "Chưa có lần chạy nào chấm chất lượng. Hãy chạy: doisoat run --drop THƯ_MỤC",
            "No run has reckoned the quality yet. Try: doisoat run --drop DIR",
        )


class StageFailedError(FlowError):
    """A stage failed unforeseen. Names the kind of error only: its text may hold personal data."""

    def __init__(self, stage: str, kind: str) -> None:
        self.stage, self.kind = stage, kind
        super().__init__(
            f"Bước {stage} hỏng ngoài dự kiến ({kind}). Bản phát hành cũ vẫn nguyên. Hãy chạy lại; nếu còn hỏng, "
            "gửi tệp error.log của lần chạy cho nhà phát triển.",
            f"Stage {stage} failed unforeseen ({kind}). The former release is untouched. Run again; if it fails again, "
            "send the run's error.log to the developers.",
        )
