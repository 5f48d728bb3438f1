"""The sentences about one file, one function a problem; each returns a fatal `Problem` unless it says otherwise."""

from collections.abc import Iterable
from dataclasses import replace

from flows.pull.model import Part, Problem
from flows.pull.problems import listed

COLUMN_ENCODINGS = "windows-1258, tcvn3, vni, viscii"
ENCODINGS = f"utf-8, utf-16, {COLUMN_ENCODINGS}"
DELIMITER_NAMES = {
    ",": "dấu phẩy (,) / comma",
    ";": "dấu chấm phẩy (;) / semicolon",
    "\t": "tab",
    "|": "dấu sổ (|) / bar",
}


def fatal(part: Part, code: str, *, vi: str, en: str, row: int | None = None, column: str | None = None) -> Problem:
    """A problem of the whole file: the sentences begin with the file, the row and the column."""
    where_vi = "".join((f", dòng {row}" if row else "", f", cột {column}" if column else ""))
    where_en = "".join((f", row {row}" if row else "", f", column {column}" if column else ""))
    return Problem(
        code,
        part.dataset,
        part.file,
        row,
        column,
        f"Tệp {part.file}{where_vi}: {vi}",
        f"{part.file}{where_en}: {en}",
        True,
    )


def note(part: Part, code: str, *, vi: str, en: str, row: int | None = None, column: str | None = None) -> Problem:
    """Something worth telling that does not stop the file."""
    return replace(fatal(part, code, vi=vi, en=en, row=row, column=column), is_fatal=False)


def format_unknown(part: Part, known: Iterable[str]) -> Problem:
    """A file name ending that is not read."""
    return fatal(
        part, "format_unknown",
        vi=f"không đọc được định dạng “{part.path.suffix}”. Hãy lưu lại thành một trong: {listed(known)}.",
        en=f"the format “{part.path.suffix}” is not read. Save it as one of {listed(known)}.",
    )  # fmt: skip


def column_missing(part: Part, column: str, *, row: int, near: str | None, found: Iterable[str]) -> Problem:
    """A column that the contract requires is absent."""
    names = listed(found) or "–"
    near_vi = f" Có cột “{near}” gần giống: nếu đúng là nó, hãy đổi tên thành {column}." if near else ""
    near_en = f" “{near}” comes near: if it is the one, rename it to {column}." if near else ""
    return fatal(
        part, "column_missing", row=row, column=column,
        vi=f"thiếu cột bắt buộc {column}.{near_vi} Các cột tìm thấy: {names}. Hãy bổ sung cột (hoặc dòng tiêu đề).",
        en=f"the required column {column} is missing.{near_en} Columns found: {names}. Add it (or the header row).",
    )  # fmt: skip


def header_duplicate(part: Part, column: str, *, row: int, positions: Iterable[int]) -> Problem:
    """A column comes twice."""
    at = listed(positions)
    return fatal(
        part, "header_duplicate", row=row, column=column,
        vi=f"cột này có nhiều lần (ở các cột thứ {at}). Hãy giữ lại một cột.",
        en=f"this column comes more than once (columns number {at}). Keep one of them.",
    )  # fmt: skip


def header_merged(part: Part, ranges: Iterable[str], *, row: int, column: str) -> Problem:
    """The header row of a workbook has merged cells."""
    cells = listed(ranges)
    return fatal(
        part, "header_merged", row=row, column=column,
        vi=f"dòng tiêu đề có ô bị gộp ({cells}). Hãy bỏ gộp ô và để mỗi cột một tên ở dòng đầu tiên.",
        en=f"the header row has merged cells ({cells}). Unmerge them and give each column one name in the first row.",
    )  # fmt: skip


def header_blank(part: Part, *, row: int, column: str) -> Problem:
    """A column of a workbook has values but no name."""
    return fatal(
        part, "header_blank", row=row, column=column,
        vi="ô tiêu đề để trống. Hãy ghi tên cột vào ô này, hoặc xóa cột nếu không dùng.",
        en="the header cell is blank. Write the column's name into it, or remove the column.",
    )  # fmt: skip


def delimiter_wrong(part: Part, declared: str, found: str) -> Problem:
    """The header is separated by another sign than the declared one."""
    names = DELIMITER_NAMES
    return fatal(
        part, "delimiter_wrong", row=1,
        vi=f"dấu phân cách đã khai là {names[declared]} nhưng tiêu đề dùng {names[found]}. Hãy sửa manifest.json.",
        en=f"the declared delimiter is {names[declared]}, but the header uses {names[found]}. Correct manifest.json.",
    )  # fmt: skip


def quote_unclosed(part: Part, *, row: int, column: str | None) -> Problem:
    """A quotation mark opens and never closes: the rest of the file would be one value."""
    return fatal(
        part, "quote_unclosed", row=row, column=column,
        vi='dấu ngoặc kép (") mở ở đây không được đóng: tệp bị cắt cụt hoặc thiếu dấu. Hãy xuất lại tệp này.',
        en='the quotation mark (") opened here never closes: the file is cut short or lacks a mark. Export it again.',
    )  # fmt: skip


def truncated(part: Part, *, row: int | None, column: str | None = None) -> Problem:
    """The file ends in the middle of something."""
    return fatal(
        part, "file_truncated", row=row, column=column,
        vi="tệp bị cắt cụt giữa chừng. Hãy chép hoặc xuất lại tệp này cho đủ.",
        en="the file ends in the middle of a record. Copy or export it again, whole.",
    )  # fmt: skip


def broken(part: Part, kind: str, *, row: int | None = None) -> Problem:
    """A workbook, Parquet or JSON file that is not one."""
    return fatal(
        part, f"broken_{kind}", row=row,
        vi=f"không phải tệp {kind} hợp lệ, hoặc bị cắt cụt. Hãy mở thử tệp ở nơi gửi rồi xuất và gửi lại.",
        en=f"this is no valid {kind} file, or it was cut short. Open it at the source, export and send it again.",
    )  # fmt: skip


def not_an_array(part: Part) -> Problem:
    """A JSON file that is no array."""
    return fatal(
        part, "json_no_array", row=1,
        vi="tệp .json phải là một danh sách [ … ]. Hãy xuất lại, hoặc đặt đuôi .jsonl nếu mỗi dòng là một bản ghi.",
        en="a .json file must be one list [ … ] of records. Export it so, or name it .jsonl if each line is a record.",
    )  # fmt: skip


def workbook_locked(part: Part) -> Problem:
    """An old .xls or a password-protected workbook."""
    return fatal(
        part, "workbook_locked",
        vi="tệp Excel đời cũ (.xls) hoặc có mật khẩu. Hãy bỏ mật khẩu và lưu lại thành .xlsx.",
        en="this is an old .xls or a workbook with a password. Remove the password and save it as .xlsx.",
    )  # fmt: skip


def encoding_wrong(
    part: Part, declared: str, *, offset: int | None, row: int | None, column: str | None, looks_like: str | None
) -> Problem:
    """The bytes, of the file or of one column, do not fit the declared encoding."""
    at_vi, at_en = ("", "") if offset is None else (f" (byte thứ {offset})", f" (byte {offset})")
    hint_vi = f" Có vẻ là {looks_like}." if looks_like else ""
    hint_en = f" It looks like {looks_like}." if looks_like else ""
    return fatal(
        part, "encoding_wrong", row=row, column=column,
        vi=f"nội dung không đúng bảng mã đã khai {declared}{at_vi}.{hint_vi} Hãy khai đúng bảng mã trong "
        "manifest.json hoặc lưu lại tệp bằng UTF-8.",
        en=f"the content is not in the declared encoding {declared}{at_en}.{hint_en} Declare the right one in "
        "manifest.json or save the file as UTF-8.",
    )  # fmt: skip


def encoding_unsure(part: Part, *, row: int | None, column: str | None) -> Problem:
    """No encoding fits well enough to be believed."""
    return fatal(
        part, "encoding_unsure", row=row, column=column,
        vi=f"không chắc tệp dùng bảng mã nào. Hãy khai “encoding” trong manifest.json ({ENCODINGS}), "
        "khai “column_encodings” nếu mỗi cột một khác, hoặc lưu lại tệp bằng UTF-8.",
        en=f"it is unclear which encoding the file uses. Declare “encoding” in manifest.json ({ENCODINGS}), "
        "“column_encodings” where the columns differ, or save the file as UTF-8.",
    )  # fmt: skip


def column_encoding_unsure(part: Part, columns: list[str], *, row: int) -> Problem:
    """Bytes of some columns are no UTF-8, as the rest of the file is, and no other encoding is believed either."""
    names, first = listed(columns), columns[0]
    return fatal(
        part, "encoding_unsure", row=row, column=names,
        vi="có byte không phải UTF-8 như phần còn lại của tệp, và không chắc là bảng mã nào. Hãy khai "
        f"“column_encodings” trong manifest.json, ví dụ {{“{first}”: “tcvn3”}} ({COLUMN_ENCODINGS}), "
        "hoặc lưu lại tệp bằng UTF-8.",
        en="there are bytes that are no UTF-8, unlike the rest of the file, and it is unclear in which encoding they "
        f"are. Declare “column_encodings” in manifest.json, such as {{“{first}”: “tcvn3”}} ({COLUMN_ENCODINGS}), "
        "or save the file as UTF-8.",
    )  # fmt: skip


def encoding_unknown(part: Part) -> Problem:
    """The declared encoding is not one that is read."""
    return fatal(
        part, "encoding_unknown",
        vi=f"bảng mã đã khai “{part.encoding}” không đọc được. Hãy khai một trong: {ENCODINGS}; "
        "nếu là bảng mã khác, hãy lưu lại tệp bằng UTF-8.",
        en=f"the declared encoding “{part.encoding}” is not read. Declare one of {ENCODINGS}; "
        "save the file as UTF-8 if it is in another.",
    )  # fmt: skip


def encoding_detected(part: Part, encoding: str, confidence: float) -> Problem:
    """The encoding was not declared but recognised; not fatal."""
    return note(
        part, "encoding_detected",
        vi=f"không khai bảng mã; đã nhận ra {encoding}, độ tin cậy {confidence:.0%}. Nên khai “encoding” trong "
        "manifest.json để không phải đoán.",
        en=f"no encoding is declared; it was recognised as {encoding}, confidence {confidence:.0%}. Declare “encoding” "
        "in manifest.json, so that nothing need be guessed.",
    )  # fmt: skip


def column_encoding_detected(part: Part, column: str, encoding: str, confidence: float) -> Problem:
    """The bytes of one column are no UTF-8 as the rest of the file is; their encoding was recognised; not fatal."""
    return note(
        part, "encoding_detected", column=column,
        vi=f"có giá trị không viết bằng UTF-8 như phần còn lại của tệp; đã nhận ra {encoding}, độ tin cậy "
        f"{confidence:.0%}. Nên khai “column_encodings” trong manifest.json hoặc lưu lại tệp bằng UTF-8.",
        en=f"some values are not in UTF-8, as the rest of the file is; they were recognised as {encoding}, confidence "
        f"{confidence:.0%}. Declare “column_encodings” in manifest.json or save the file as UTF-8.",
    )  # fmt: skip


def encoding_doubtful(part: Part, declared: str, confidence: float, *, column: str | None = None) -> Problem:
    """The encoding declared of the file or of one column makes few words, but no other fits better; not fatal."""
    return note(
        part, "encoding_doubtful", column=column,
        vi=f"đọc theo bảng mã đã khai {declared} thì chỉ {confidence:.0%} số chữ có dấu là tiếng Việt. "
        "Hãy kiểm tra lại bảng mã.",
        en=f"read in the declared encoding {declared}, only {confidence:.0%} of the words with accents can be "
        "Vietnamese. Check the encoding.",
    )  # fmt: skip


def column_misread(part: Part, column: str, encoding: str, confidence: float) -> Problem:
    """A column whose text the exporting program read with the wrong table; not fatal."""
    return note(
        part, "column_misread", column=column,
        vi=f"chữ trong cột này vốn ở bảng mã {encoding} nhưng bị đọc nhầm khi xuất, độ tin cậy {confidence:.0%}; "
        "các giá trị được đọc lại khi chuẩn hóa. Hãy sửa chương trình xuất tệp hoặc khai “column_encodings”.",
        en=f"the text of this column was in {encoding} and was misread on export, confidence {confidence:.0%}; "
        "standardising reads its values again. Correct the exporting program or declare “column_encodings”.",
    )  # fmt: skip


def declared_column_unknown(part: Part, column: str, known: Iterable[str]) -> Problem:
    """The manifest declares the table of a column that the file does not have, or that the contract does not know."""
    return fatal(
        part, "declared_column_unknown",
        vi=f"“column_encodings” trong manifest.json khai cột “{column}”, nhưng tệp không có cột nào như vậy được nhận. "
        f"Các cột được nhận: {listed(known)}. Hãy sửa tên cột trong manifest.json.",
        en=f"“column_encodings” in manifest.json names the column “{column}”, which is none of the file's known "
        f"columns: {listed(known)}. Correct the name in manifest.json.",
    )  # fmt: skip


def nul_removed(part: Part, *, row: int, count: int) -> Problem:
    """NUL bytes were left out; not fatal."""
    return note(
        part, "nul_removed", row=row,
        vi=f"có {count} ký tự NUL (mã 0), bắt đầu từ dòng này; đã bỏ các ký tự đó. Hãy kiểm tra chương trình xuất tệp.",
        en=f"{count} NUL characters, the first in this row, were left out. Check the program that exports the file.",
    )  # fmt: skip


def other_sheets(part: Part, names: Iterable[str]) -> Problem:
    """A workbook has data on further sheets; not fatal."""
    sheets = listed(names)
    return note(
        part, "other_sheets",
        vi=f"chỉ trang tính đầu tiên được đọc; các trang {sheets} cũng có dữ liệu. Hãy tách mỗi trang thành một tệp.",
        en=f"only the first sheet was read; the sheets {sheets} hold data too. Save each sheet as a file of its own.",
    )  # fmt: skip
