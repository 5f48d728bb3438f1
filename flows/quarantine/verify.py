"""Holds answers against what waits: each must be about a row that waits, as it was shown, and say one thing.

Works on whole columns; a fault names the place and the remedy and never repeats a value.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from contracts import Contract, received
from flows.quarantine.answered import Sheet
from flows.quarantine.errors import Fault
from flows.quarantine.layout import ANSWER, CORRECTION, ID, IS, LINES, PROPOSAL, SEAL, readable, shown, shown_lines
from flows.quarantine.standing import releasable, unique_key
from flows.quarantine.vocabulary import ANSWERS_TO_LINES, BY_FOLDED, CORRECTED, KEPT, PROPOSED, WITHDRAWN, folded

TO, FROM = "to:", "from:"
"""Columns of the values that an answer hands in, and of the original ones."""
_AS_SHOWN = r"[\s\p{C}]+"
"""What a spreadsheet may write otherwise without changing a text: spaces, line ends, invisible characters."""
_DECIDED = (PROPOSED, CORRECTED, KEPT, WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the warehouse knows of the rows that sheets speak of."""

    rows: pl.DataFrame
    """Open rows, as the warehouse gives them."""
    settled: Mapping[str, tuple[str, dt.datetime]]
    """Rows settled since, with how and when."""
    installation: str


@dataclass(frozen=True, slots=True)
class Verified:
    """One sheet's answers, and what is wrong with them."""

    sheet: Sheet
    answers: pl.DataFrame
    """`id`, `word`, `note`, `at`, `is_given` (answered before) and `to:<property>`: the value that is handed in."""
    faults: tuple[Fault, ...]
    settled: int
    """Answers to rows that are settled since; they are passed over."""


def verify(sheet: Sheet, waiting: Waiting) -> Verified:
    """The answers of a sheet; what has no answer, nor anything else filled in, is left aside."""
    contract = received()[sheet.dataset]
    rows = _with_words(sheet)
    if rows.is_empty():
        return Verified(sheet, rows.select(ID, "word", "at", is_given=pl.lit(value=False)), (), 0)
    gone = rows[ID].is_in(list(waiting.settled))
    told = rows.filter(~gone)
    own = waiting.rows.filter((pl.col("dataset") == sheet.dataset) & pl.col("quarantine_id").is_in(told[ID].implode()))
    known = _known(contract, own, waiting.installation, is_lines=sheet.kind == LINES)
    beside = told.join(known, on=ID, how="left", maintain_order="left", suffix=":now")
    faults = [*_not_of_us(sheet, beside), *_changed(sheet, beside)]
    if sheet.kind == LINES:
        faults += _where(sheet, beside, ~pl.col("word").is_in([each.word for each in ANSWERS_TO_LINES]), ANSWER, *_LINE)
        answers = beside
    else:
        answers = _with_values(contract, beside)
        faults += _contradicted(contract, sheet, answers)
    answers = _with_before(answers)
    faults += _answered_before(sheet, answers)
    gone_count = rows.filter(gone & pl.lit(rows["word"].is_in(_DECIDED))).height
    return Verified(sheet, answers.filter(pl.col("word").is_not_null()), tuple(faults), gone_count)


def twice(found: list[Verified]) -> list[Fault]:
    """Rows that two lines of these sheets answer differently."""
    parts = [
        each.answers.select(ID, "word", "at", said=_said(each.answers), sheet=pl.lit(number))
        for number, each in enumerate(found)
        if len(each.answers)
    ]
    if not parts:
        return []
    whole = pl.concat(parts)
    twice_said = whole.filter(pl.col("said").n_unique().over(ID) > 1).sort("sheet", "at").unique(ID, keep="last")
    vi = "dòng cách ly này có hai câu trả lời khác nhau trong các tệp; hãy thống nhất rồi chỉ giữ một"
    en = "this quarantined row has two different answers in these files; agree on one"
    return [
        _fault(found[number].sheet, at, ANSWER, vi, en)
        for number, at in twice_said.select("sheet", "at").sort("sheet", "at").iter_rows()
    ]


def _with_words(sheet: Sheet) -> pl.DataFrame:
    words = {text: BY_FOLDED.get(folded(text), "?") for text in sheet.rows[ANSWER].drop_nulls().unique()}
    known = pl.col(ANSWER).replace_strict(words, default=None, return_dtype=pl.String)
    rows = sheet.rows.with_columns(word=known if words else pl.lit(None, pl.String))
    corrections = [key for key in rows.columns if key.startswith(CORRECTION)]
    is_filled = pl.any_horizontal(pl.col([ANSWER, *corrections]).is_not_null())
    return rows.filter(is_filled)


def _known(contract: Contract, own: pl.DataFrame, installation: str, *, is_lines: bool) -> pl.DataFrame:
    """What was shown of the rows, with their state and their true texts."""
    now = (shown_lines if is_lines else shown)(contract, own, installation)
    extra = own.select("state", "last_event", "last_actor", "last_at", "last_answer", "rules")
    true = pl.DataFrame() if is_lines else readable(contract, own).select(pl.all().name.prefix(FROM))
    return pl.concat([now, extra, true], how="horizontal")


def _not_of_us(sheet: Sheet, rows: pl.DataFrame) -> Iterator[Fault]:
    is_unknown = pl.col(f"{SEAL}:now").is_null()
    yield from _where(
        sheet, rows, is_unknown, ID,
        "mã dòng cách ly không có trong hệ thống; hãy lấy lại tệp gốc, không thêm hay chép dòng",
        "no row in quarantine has this id; take the file as it came, add or copy no rows",
    )  # fmt: skip
    yield from _where(
        sheet, rows, ~is_unknown & (pl.col(SEAL).ne_missing(pl.col(f"{SEAL}:now"))), SEAL,
        "nội dung hoặc đề nghị của dòng đã đổi sau khi lập phiếu, hoặc mã bị xáo trộn; hãy xuất phiếu mới",
        "the row or its proposal changed since the sheet was written, or ids were mixed up; export anew",
    )  # fmt: skip
    yield from _where(
        sheet, rows, pl.col("word") == "?", ANSWER,
        "không hiểu câu trả lời; hãy chọn trong danh sách thả xuống",
        "the answer is not understood; choose one of the list",
    )  # fmt: skip
    yield from _where(
        sheet, rows, pl.col("word").is_null(), ANSWER,
        "có giá trị sửa nhưng chưa chọn câu trả lời; hãy chọn “Sửa như ghi bên” hoặc xóa giá trị sửa",
        "a correction without an answer; choose “Sửa như ghi bên” or clear the correction",
    )  # fmt: skip


def _changed(sheet: Sheet, rows: pl.DataFrame) -> Iterator[Fault]:
    for key in sheet.headers:
        if not key.startswith((IS, PROPOSAL)) or f"{key}:now" not in rows.columns:
            continue
        found, wanted = (_plain(pl.col(name)) for name in (key, f"{key}:now"))
        is_changed = found.ne_missing(wanted) & pl.col(f"{SEAL}:now").is_not_null()
        is_number = found.str.strip_chars_start("0") == wanted.str.strip_chars_start("0")
        is_date = found.str.contains(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$|^\d{5}$") & wanted.is_not_null()
        by_excel = (is_number | is_date).fill_null(value=False)
        yield from _where(
            sheet, rows, is_changed & by_excel, key,
            "Excel đã đổi giá trị gốc (mất số 0 ở đầu hoặc thành ngày); hãy lấy lại tệp gốc, điền rồi lưu .xlsx",
            "the spreadsheet changed the original (lost zeros, or a date); take the file as it came, save as .xlsx",
        )  # fmt: skip
        yield from _where(
            sheet, rows, is_changed & ~by_excel, key,
            "giá trị gốc đã bị sửa; hãy để nguyên và ghi giá trị đúng ở cột “sửa thành”",
            "the original was changed; leave it and write the right value under “sửa thành”",
        )  # fmt: skip


def _with_values(contract: Contract, rows: pl.DataFrame) -> pl.DataFrame:
    """`to:<property>`: the correction, else the accepted proposal, else the original; `is_changed`, `is_written`."""
    values = []
    for name in contract.names:
        original = pl.col(FROM + name)
        written = pl.col(CORRECTION + name) if CORRECTION + name in rows.columns else pl.lit(None, pl.String)
        proposed = pl.col(f"{PROPOSAL}{name}:now") if f"{PROPOSAL}{name}:now" in rows.columns else None
        accepted = original if proposed is None else pl.coalesce(proposed, original)
        value = (
            pl.when(written.str.to_lowercase().str.contains(r"^\(?tr[ốo]ng\)?$")).then(pl.lit(None, pl.String))
            .when(pl.col("word").is_in([PROPOSED, CORRECTED]) & written.is_not_null()).then(written)
            .when(pl.col("word") == PROPOSED).then(accepted)
            .otherwise(original)
        )  # fmt: skip
        values.append(value.alias(TO + name))
    whole = rows.with_columns(values)
    is_changed = pl.any_horizontal(pl.col(TO + name).ne_missing(pl.col(FROM + name)) for name in contract.names)
    corrections = [key for key in rows.columns if key.startswith(CORRECTION)]
    is_written = pl.any_horizontal(pl.col(corrections).is_not_null()) if corrections else pl.lit(value=False)
    return whole.with_columns(is_changed=is_changed, is_written=is_written)


def _contradicted(contract: Contract, sheet: Sheet, rows: pl.DataFrame) -> Iterator[Fault]:
    yield from _where(
        sheet, rows, pl.col("word").is_in([PROPOSED, CORRECTED]) & ~pl.col("is_changed"), ANSWER,
        "không có đề nghị hay giá trị sửa nào khác giá trị gốc; hãy ghi ở cột “sửa thành” hoặc chọn câu khác",
        "nothing differs from the original; write a correction, or choose another answer",
    )  # fmt: skip
    yield from _where(
        sheet, rows, pl.col("word").is_in([KEPT, WITHDRAWN]) & pl.col("is_written"), ANSWER,
        "câu trả lời này không đi cùng giá trị sửa; hãy xóa giá trị sửa hoặc chọn “Sửa như ghi bên”",
        "this answer and a correction contradict; clear the correction, or choose “Sửa như ghi bên”",
    )  # fmt: skip
    structural = structural_rules(contract, rows["rules"])
    yield from _where(
        sheet, rows, (pl.col("word") == KEPT) & pl.lit(structural), ANSWER,
        "không giữ nguyên được: dòng thiếu khóa hoặc khóa không hiểu được; hãy sửa khóa",
        "it cannot be kept: its key is missing or not understood; correct the key",
    )  # fmt: skip


def structural_rules(contract: Contract, rules: pl.Series) -> pl.Series:
    """Whether rows break a rule that no person can set aside; of a key that comes twice, the others decide."""
    errors = {rule.name for rule in contract.rules if rule.severity == "error"}
    fixed = sorted(errors - releasable(contract) - {unique_key(contract)})
    return rules.list.eval(pl.element().is_in(fixed)).list.any().fill_null(value=False)


def _with_before(rows: pl.DataFrame) -> pl.DataFrame:
    is_given = pl.col("state") == "answered"
    return rows.with_columns(is_given=is_given.fill_null(value=False))


def _answered_before(sheet: Sheet, rows: pl.DataFrame) -> Iterator[Fault]:
    said = rows.filter(pl.col("is_given") & pl.col("word").is_in(_DECIDED) & ~same_as_before(rows))
    for at, actor, moment in said.select("at", "last_actor", "last_at").iter_rows():
        when = f"{moment:%d/%m/%Y %H:%M}"
        yield _fault(
            sheet, at, ANSWER,
            f"{actor} đã trả lời dòng này lúc {when}, khác câu trả lời này; hãy xóa câu trả lời ở đây",
            f"{actor} answered this row otherwise on {when}; clear the answer here",
        )  # fmt: skip


def same_as_before(rows: pl.DataFrame) -> pl.Series:
    """Whether an answered row is answered alike once more."""
    if rows.is_empty():
        return pl.Series(dtype=pl.Boolean)
    values = [name for name in rows.columns if name.startswith(TO)]
    event = pl.when(pl.col("word") == PROPOSED).then(pl.lit(CORRECTED)).otherwise("word")
    is_same = event == pl.col("last_event")
    for name in values:
        before = pl.col("last_answer").str.json_path_match(f"$.{name.removeprefix(TO)}")
        is_same &= before.eq_missing(pl.col(name))
    return rows.select((pl.col("is_given") & is_same).fill_null(value=False)).to_series()


def _said(rows: pl.DataFrame) -> pl.Series:
    values = [name for name in rows.columns if name.startswith(TO)]
    told = pl.concat_str("word", *(pl.col(name).fill_null("\x00") for name in values), separator="\x1f")
    return rows.select(told).to_series()


_LINE = (
    "dòng không đọc được hoặc là yêu cầu xóa: chỉ trả lời “Không phải hồ sơ này” hoặc “Chưa rõ”; muốn sửa, sửa ở nguồn",
    "this row cannot be read, or asks for a deletion: it can only be withdrawn here; correct it at the source",
)


def _plain(text: pl.Expr) -> pl.Expr:
    told = text.str.replace_all(_AS_SHOWN, " ").str.strip_chars()
    return pl.when(told != "").then(told)


def _where(sheet: Sheet, rows: pl.DataFrame, is_fault: pl.Expr, key: str, vi: str, en: str) -> list[Fault]:
    return [_fault(sheet, at, key, vi, en) for at in rows.filter(is_fault)["at"]]


def _fault(sheet: Sheet, at: int, key: str, vi: str, en: str) -> Fault:
    return Fault(sheet.file, sheet.title, at, sheet.headers.get(key, ""), vi, en)
