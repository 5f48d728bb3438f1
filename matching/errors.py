"""Errors of the matching package.

MatchingError
├── EvidenceError      evidence that another version of the model wrote
├── PairError          a pair that the linkage did not weigh
├── SchemaError        a frame between two stages lacks a column or has one of another type
├── SpecError          the description of a linkage cannot be understood
│   └── DamagedRegisterError  a file of a prepared register is missing, cut short or changed
├── UnitDataError      the tables of administrative units are not installed
├── UndecodableError   bytes that are not text in the declared, or in any known, encoding
└── VerdictError       decisions of stewards that are not understood, or that cannot all be obeyed
"""


class MatchingError(Exception):
    """Something that matching was given cannot be used."""


class UndecodableError(MatchingError):
    """The bytes do not fit the declared encoding, or none is recognised. Never quotes the text itself."""

    def __init__(self, encoding: str | None, offset: int | None, *, line: int | None, looks_like: str | None) -> None:
        self.encoding, self.offset, self.line, self.looks_like = encoding, offset, line, looks_like
        super().__init__(f"{self.vi} / {self.en}")

    @property
    def vi(self) -> str:
        """The sentence for a clerk, in Vietnamese."""
        what = f"không đúng mã ký tự đã khai ({self.encoding})" if self.encoding else "không nhận ra mã ký tự"
        where = "" if self.offset is None else f", tại byte {self.offset}, dòng {self.line}"
        hint = f"; có vẻ là {self.looks_like}" if self.looks_like else ""
        return f"Tệp {what}{where}{hint}. Hãy lưu lại tệp bằng UTF-8 hoặc khai đúng mã ký tự."

    @property
    def en(self) -> str:
        """The same sentence in English."""
        what = f"is not in its declared encoding ({self.encoding})" if self.encoding else "is in no known encoding"
        where = "" if self.offset is None else f", at byte {self.offset}, line {self.line}"
        hint = f"; it looks like {self.looks_like}" if self.looks_like else ""
        return f"The file {what}{where}{hint}. Save it again as UTF-8 or declare its encoding."


class SchemaError(MatchingError):
    """A frame does not have the columns that the next stage reads."""

    def __init__(self, missing: tuple[str, ...], wrong: tuple[str, ...]) -> None:
        self.missing, self.wrong = missing, wrong
        super().__init__(
            f"columns missing: {', '.join(missing) or 'none'}; of another type: {', '.join(wrong) or 'none'}"
        )


class UnitDataError(MatchingError):
    """The package that carries the administrative units, or one of its data files, is missing."""

    def __init__(self, package: str, file: str) -> None:
        self.package, self.file = package, file
        super().__init__(
            f"Thiếu dữ liệu đơn vị hành chính {file}: hãy cài gói {package}. / "
            f"The administrative units' data file {file} is missing: install the package {package}."
        )


class SpecError(MatchingError):
    """A linkage is described by something that is not understood: where, what, and what would be."""

    def __init__(self, where: str, what: str, known: tuple[str, ...], *, vi: str | None = None) -> None:
        self.where, self.what, self.known, self.what_vi = where, what, known, vi or what
        hint_vi = f" (có thể dùng: {', '.join(known)})" if known else ""
        hint = f" (known: {', '.join(known)})" if known else ""
        self.vi, self.en = f"{where}: {vi or what}{hint_vi}", f"{where}: {what}{hint}"
        super().__init__(self.en if vi is None else f"{self.vi}\n{self.en}")


class DamagedRegisterError(SpecError):
    """A prepared register does not hold what was written."""

    def __init__(self, where: str, file: str) -> None:
        vi = f"danh bạ bị hỏng: {file} thiếu, bị cắt cụt hoặc bị sửa; hãy chép lại thư mục hoặc chuẩn bị lại"
        en = f"the register is damaged: {file} is missing, cut short or changed; restore the folder or prepare it anew"
        super().__init__(where, en, (), vi=vi)


class EvidenceError(MatchingError):
    """Evidence names a field or a level that the model of today does not have."""

    def __init__(self, what: str, known: tuple[str, ...]) -> None:
        self.what, self.known = what, known
        super().__init__(f"{what} is not in the model (known: {', '.join(known)})")


class PairError(MatchingError):
    """A pair cannot be explained: it was no candidate, or too little spoke for it to be kept."""

    def __init__(self, left_id: str, right_id: str) -> None:
        self.left_id, self.right_id = left_id, right_id
        super().__init__(f"{left_id} and {right_id} did not come near each other")


class VerdictError(MatchingError):
    """Decisions on pairs are not understood, or contradict each other. Names rows from 0 on, never an id."""

    def __init__(self, rows: list[int], vi: str, en: str) -> None:
        self.rows, self.vi, self.en = rows, vi, en
        super().__init__(f"{vi}\n{en}")
