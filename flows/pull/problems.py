"""The sentences about a delivery and its manifest, one function a problem; `file_problems` has those about one file."""

from collections.abc import Iterable

from flows.pull.model import Problem

MANIFEST = "manifest.json"


def listed(names: Iterable[object]) -> str:
    """Names for a sentence, in order, cut after twelve."""
    all_names = [str(each) for each in names]
    shown = ", ".join(all_names[:12])
    return f"{shown}, … ({len(all_names)})" if len(all_names) > 12 else shown


def manifest_malformed(vi: str, en: str, *, row: int | None = None) -> Problem:
    """The manifest is not what FORMATS asks for."""
    at_vi, at_en = (f", dòng {row}", f", line {row}") if row else ("", "")
    return Problem(
        "manifest_malformed", None, MANIFEST, row, None,
        f"Tệp manifest.json{at_vi}: {vi}. Hãy sửa tệp này, hoặc bỏ nó đi để hệ thống tự nhận dạng.",
        f"manifest.json{at_en}: {en}. Correct the file, or remove it and everything is detected.",
        True,
    )  # fmt: skip


def folder_renamed(what: str, declared: str, found: str) -> Problem:
    """The manifest names another source or delivery than the folder."""
    vi_what = "nguồn" if what == "source" else "đợt giao"
    return Problem(
        "folder_renamed", None, MANIFEST, None, None,
        f"Tệp manifest.json khai {vi_what} “{declared}” nhưng thư mục tên “{found}”; đã dùng tên thư mục. "
        "Hãy kiểm tra xem đợt giao có nằm đúng thư mục không.",
        f"manifest.json declares the {what} “{declared}”, the folder is named “{found}”; the folder's name was used. "
        "Check that the delivery lies in the right folder.",
        False,
    )  # fmt: skip


def folder_empty() -> Problem:
    """A delivery folder without any data file."""
    return Problem(
        "folder_empty", None, None, None, None,
        "Thư mục của đợt giao không có tệp dữ liệu nào. Hãy chép các tệp vào, hoặc xóa thư mục.",
        "The delivery's folder holds no data file. Copy the files into it, or remove the folder.",
        True,
    )  # fmt: skip


def file_missing(dataset: str, file: str) -> Problem:
    """The manifest names a file that is not there."""
    return Problem(
        "file_missing", dataset, file, None, None,
        f"Tệp {file} (tập {dataset}) có tên trong manifest.json nhưng không có trong thư mục. Hãy gửi đủ tệp.",
        f"The file {file} (dataset {dataset}) is named in manifest.json but is not in the folder. Send it too.",
        True,
    )  # fmt: skip


def file_empty(dataset: str, file: str) -> Problem:
    """A file of zero bytes."""
    return Problem(
        "file_empty", dataset, file, None, None,
        f"Tệp {file} (tập {dataset}) rỗng (0 byte). Hãy xuất và gửi lại tệp này.",
        f"The file {file} (dataset {dataset}) is empty (0 bytes). Export it again and send it.",
        True,
    )  # fmt: skip


def file_not_named(file: str) -> Problem:
    """A file that the manifest does not name."""
    return Problem(
        "file_not_named", None, file, None, None,
        f"Tệp {file} không có tên trong manifest.json nên không được đọc. Nếu cần đọc, hãy khai nó ở đó.",
        f"The file {file} is not named in manifest.json and was not read. Name it there if it is to be read.",
        False,
    )  # fmt: skip


def checksum_wrong(dataset: str, file: str) -> Problem:
    """A file whose content is not the one the manifest declares."""
    return Problem(
        "checksum_wrong", dataset, file, None, None,
        f"Tệp {file} (tập {dataset}) không khớp mã SHA-256 trong manifest.json: tệp bị sửa hoặc chép thiếu. "
        "Hãy gửi lại tệp cùng manifest.json mới.",
        f"The file {file} (dataset {dataset}) does not have the SHA-256 of manifest.json: it was changed or cut short. "
        "Send the file again with a new manifest.json.",
        True,
    )  # fmt: skip


def row_count_wrong(dataset: str, *, declared: int, found: int, by_file: Iterable[tuple[str, int]]) -> Problem:
    """The manifest declares another number of rows than the files hold."""
    counts = list(by_file)
    detail = listed(f"{file}: {rows}" for file, rows in counts)
    return Problem(
        "row_count_wrong", dataset, counts[0][0] if len(counts) == 1 else None, None, None,
        f"Tập {dataset}: manifest.json khai {declared} dòng nhưng các tệp có {found} dòng ({detail}). "
        "Hãy xuất lại tập này hoặc sửa số dòng đã khai.",
        f"Dataset {dataset}: manifest.json declares {declared} rows, the files hold {found} ({detail}). "
        "Export the dataset again or correct the declared number.",
        True,
    )  # fmt: skip


def dataset_unknown(dataset: str, files: Iterable[str], known: Iterable[str]) -> Problem:
    """A dataset without a contract; its files are set aside."""
    names = list(files)
    return Problem(
        "dataset_unknown", dataset, names[0] if len(names) == 1 else None, None, None,
        f"Không có tập dữ liệu tên “{dataset}” (tệp {listed(names)}); đã để riêng, không đọc. "
        f"Các tập được nhận: {listed(known)}. Hãy đổi tên tệp nếu nó thuộc một trong các tập này.",
        f"There is no dataset named “{dataset}” (file {listed(names)}); it was set aside, not read. "
        f"Known datasets: {listed(known)}. Rename the file if it belongs to one of them.",
        False,
    )  # fmt: skip


def full_without_rows(dataset: str, files: Iterable[str]) -> Problem:
    """A full delivery that would empty a dataset."""
    names = list(files)
    return Problem(
        "full_without_rows", dataset, names[0] if len(names) == 1 else None, None, None,
        f"Tập {dataset} (tệp {listed(names) or '–'}) giao toàn bộ (full) nhưng không có dòng nào đọc được. "
        "Hãy xuất lại; nếu không có thay đổi, hãy giao dạng delta.",
        f"Dataset {dataset} (file {listed(names) or '–'}) is delivered in full but has no readable row. "
        "Export it again; if nothing changed, deliver a delta.",
        True,
    )  # fmt: skip


def delta_before_full(dataset: str, files: Iterable[str]) -> Problem:
    """A delta of a dataset of which nothing is held yet."""
    names = list(files)
    return Problem(
        "delta_before_full", dataset, names[0] if len(names) == 1 else None, None, None,
        f"Tập {dataset} (tệp {listed(names) or '–'}) giao phần thay đổi (delta) khi chưa từng có bản toàn bộ (full). "
        "Hãy giao bản full trước.",
        f"Dataset {dataset} (file {listed(names) or '–'}) is a delta, but no full delivery came before it. "
        "Deliver a full one first.",
        True,
    )  # fmt: skip
