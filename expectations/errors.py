"""Errors of the checks.

ExpectationsError
└── CheckError                  the database or the library could not run the checks of a table
    ├── MissingTableError       the table to check does not exist
    └── MissingColumnsError     the table lacks columns that its rules read

Each carries its sentence in Vietnamese (`vi`) and English (`en`); none quotes a value of the data.
"""

from collections.abc import Collection


class ExpectationsError(Exception):
    """Something about the checks is wrong."""

    def __init__(self, *, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(en)


class CheckError(ExpectationsError):
    """The checks of a table could not be run; the table is neither good nor bad."""

    def __init__(self, table: str, cause: str, *, rule: str | None = None) -> None:
        self.table, self.cause, self.rule = table, cause, rule
        at_vi, at_en = (f", quy tắc {rule}", f", rule {rule}") if rule else ("", "")
        super().__init__(
            vi=f"Không kiểm tra được bảng {table}{at_vi}: {cause}. Hãy xem cơ sở dữ liệu còn chạy không rồi chạy lại.",
            en=f"The checks of table {table}{at_en} could not run: {cause}. Is the database up? Then run again.",
        )


class MissingTableError(CheckError):
    """The table to check does not exist."""

    def __init__(self, table: str) -> None:
        super().__init__(table, "bảng không tồn tại / there is no such table")


class MissingColumnsError(CheckError):
    """The table lacks columns that its rules read."""

    def __init__(self, table: str, columns: Collection[str]) -> None:
        self.columns = tuple(sorted(columns))
        super().__init__(table, f"thiếu cột / it lacks {', '.join(self.columns)}")
