"""The sheet that clerks fill in, and the design that it was drawn by, which they do not see.

A clerk who knows whether a pair is linked, or how likely it seemed, judges by that. So the sheet holds ids only and the
design lies in a file beside it.
"""

from pathlib import Path

import polars as pl
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from flows.errors import PathError, TableError
from flows.evaluation import frames
from flows.linkage.outputs import write_frame, write_whole
from matching.evaluation.sample import DESIGN

ANSWERS = {
    **dict.fromkeys(("có", "co", "yes", "1", "true"), True),
    **dict.fromkeys(("không", "khong", "no", "0", "false"), False),
}
"""What a clerk may write, capitals or not; a blank or a question mark is no answer."""
_NO_ANSWER = ("", "?")
_COLUMNS = ("pair", "left_id", "right_id", "is_match")


def design_beside(path: Path) -> Path:
    """`sample.design.csv` beside `sample.xlsx`."""
    return path.with_name(f"{path.stem}.design.csv")


def write(design: pl.DataFrame, path: Path) -> None:
    """Writes the sheet (CSV or XLSX, as the name says) and the design."""
    numbered = design.with_row_index("pair", offset=1)
    sheet = numbered.select("pair", "left_id", "right_id", is_match=pl.lit(""))
    if path.suffix.lower() == ".xlsx":
        _write_workbook(sheet, path)
    else:
        write_frame(sheet, path)
    write_frame(numbered, design_beside(path))


def _write_workbook(sheet: pl.DataFrame, path: Path) -> None:
    book = Workbook()
    page = book.active
    if page is None:
        raise TypeError("a new workbook has a sheet")
    page.append(sheet.columns)
    for row in sheet.rows():
        # Ids as text: a number would lose its leading zeros.
        page.append([row[0], *map(str, row[1:-1]), None])
    choice = DataValidation(type="list", formula1='"có,không,?"', allow_blank=True)
    page.add_data_validation(choice)
    choice.add(f"D2:D{sheet.height + 1}")
    page.freeze_panes = "A2"
    write_whole(book.save, path)


def read(path: Path) -> pl.DataFrame:
    """DESIGN with `is_match` as the clerks answered; TableError where sheet and design are not of one sample."""
    design_path = design_beside(path)
    if not design_path.is_file():
        vi, en = "thiếu tệp thiết kế mẫu đã ghi cạnh phiếu", "the design that was written beside the sheet is missing"
        raise PathError(design_path, vi, en)
    sheet, design = frames.read(path, _COLUMNS), _design(design_path)
    told = design.join(
        sheet.rename({"left_id": "left", "right_id": "right"}), on="pair", how="full", maintain_order="left"
    )
    # A spreadsheet may have taken ids for numbers, so leading zeros are no difference.
    is_same = pl.all_horizontal(
        pl.col(one).str.strip_chars_start("0") == pl.col(two).str.strip_chars_start("0")
        for one, two in (("left_id", "left"), ("right_id", "right"))
    )
    others = told.filter(~is_same.fill_null(False) | pl.col("pair").is_duplicated()).height
    if others:
        vi = f"{path.name}: {others} dòng không khớp {design_path.name}; phiếu và thiết kế phải cùng một mẫu"
        en = f"{path.name}: {others} rows differ from {design_path.name}; both must be of one sample"
        raise TableError(path, vi, en)
    return told.select(*DESIGN, is_match=_answers(told["is_match"], path))


def _design(path: Path) -> pl.DataFrame:
    numbers = ("stratum_pairs", "drawn", "inclusion_probability")
    told = frames.read(path, ("pair", *(name for name in DESIGN if name not in numbers)), numbers=numbers)
    is_linked = told["is_linked"] == "true"
    return told.with_columns(is_linked.alias("is_linked")).cast({"stratum_pairs": pl.Int64, "drawn": pl.Int64})


def _answers(given: pl.Series, path: Path) -> pl.Series:
    words = given.fill_null("").str.strip_chars().str.to_lowercase()
    unknown = (~words.is_in([*ANSWERS, *_NO_ANSWER])).arg_true()
    if len(unknown):
        where, known = ", ".join(str(at + 1) for at in unknown.head(5)), ", ".join(ANSWERS)
        vi = f"{path.name}: không hiểu câu trả lời ở {len(unknown)} cặp (cặp {where}); dùng: {known}, hoặc bỏ trống"
        en = f"{path.name}: {len(unknown)} answers are not understood (pair {where}); known: {known}, or a blank"
        raise TableError(path, vi, en)
    return words.replace_strict(ANSWERS, default=None, return_dtype=pl.Boolean)
