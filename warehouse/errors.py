"""Errors of the warehouse.

WarehouseError                   the database or its server cannot do what was asked; says so in both languages
├── EmbeddedServerError          our own PostgreSQL could not be set up, started or stopped
├── DatabaseUnreachableError     no connection, or it was lost
├── UnsupportedServerError       a PostgreSQL too old, or a database not in UTF-8
├── MigrationError               the database's history is not the one of this program
├── SchemaDriftError             a table has a column of another type than its contract says
├── RunInProgressError           another run holds the lock
├── FrameMismatchError           a frame does not have the columns its table wants
├── IdentityKeyError             the secret key of ids is gone
├── CandidateError               a release candidate that cannot be published
├── StaleCandidateError          the candidate asked for is another one, or older than what is published
├── RefusedCandidateError        the candidate failed gate two, or was never judged; nobody may approve it
├── ReleaseGoneError             an export of a release that is not the current one
├── ReleaseNotKeptError          a release that was never published, or is kept no more
├── PinError                     the name of a pin is taken, unknown or malformed
├── TablesLockedError            another session holds a lock on our tables
├── ServerFullError              PostgreSQL has no disk, memory or connection left
├── SourceQueryError             a database source cannot be read
└── StatementFailedError         PostgreSQL refused a statement
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import psycopg


class WarehouseError(Exception):
    """The database or its server cannot do what was asked."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(f"{vi}\n{en}")


class EmbeddedServerError(WarehouseError):
    """The embedded PostgreSQL could not be set up, started or stopped."""

    def __init__(self, folder: Path, problem_vi: str, problem_en: str) -> None:
        self.folder = folder
        super().__init__(
            f"PostgreSQL nhúng trong {folder} không chạy được: {problem_vi}. Hãy chạy bằng người dùng thường, "
            "hoặc chỉ định một PostgreSQL khác bằng --database.",
            f"The embedded PostgreSQL in {folder} cannot run: {problem_en}. Run as an ordinary user, "
            "or name another PostgreSQL with --database.",
        )


class DatabaseUnreachableError(WarehouseError):
    """No connection to the database, or it was lost."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(
            f"Không kết nối được cơ sở dữ liệu ({place}). Hãy kiểm tra địa chỉ --database và máy chủ PostgreSQL.",
            f"The database cannot be reached ({place}). Check the --database address and the PostgreSQL server.",
        )


class UnsupportedServerError(WarehouseError):
    """The server is too old, or its database is not in UTF-8."""

    def __init__(self, found: str) -> None:
        self.found = found
        super().__init__(
            f"Cần PostgreSQL 15 trở lên với mã hóa UTF8, nhưng máy chủ là {found}. Hãy dùng máy chủ khác.",
            f"PostgreSQL 15 or later with encoding UTF8 is needed, but this one is {found}. Use another server.",
        )


class MigrationError(WarehouseError):
    """A migration was edited after it was applied, or the database knows one that this program does not."""

    def __init__(self, name: str, problem_vi: str, problem_en: str) -> None:
        self.name = name
        super().__init__(
            f"Bước nâng cấp cơ sở dữ liệu {name} {problem_vi}.",
            f"Database migration {name} {problem_en}.",
        )


class SchemaDriftError(WarehouseError):
    """A column's type differs from the contract's."""

    def __init__(self, table: str, column: str, *, found: str, wanted: str) -> None:
        self.table, self.column, self.found, self.wanted = table, column, found, wanted
        super().__init__(
            f"Cột {table}.{column} có kiểu {found} nhưng hợp đồng dữ liệu ghi {wanted}. Hãy viết một bước nâng cấp.",
            f"Column {table}.{column} has type {found} but its contract says {wanted}. Write a migration for it.",
        )


class RunInProgressError(WarehouseError):
    """Another run holds the lock of this database."""

    def __init__(self, pid: int, since: datetime) -> None:
        self.pid, self.since = pid, since
        when = since.isoformat(sep=" ", timespec="seconds")
        super().__init__(
            f"Một lần chạy khác đang dùng cơ sở dữ liệu này (phiên PostgreSQL {pid}, từ {when}). Hãy đợi nó xong.",
            f"Another run is using this database (PostgreSQL session {pid}, since {when}). Wait until it ends.",
        )


class FrameMismatchError(WarehouseError):
    """A frame lacks columns of its table, or has others."""

    def __init__(self, table: str, *, missing: Iterable[str] = (), unknown: Iterable[str] = ()) -> None:
        self.table, self.missing, self.unknown = table, tuple(missing), tuple(unknown)
        lacks, extra = ", ".join(self.missing) or "–", ", ".join(self.unknown) or "–"
        super().__init__(
            f"Dữ liệu cho bảng {table} không khớp: thiếu cột {lacks}; thừa cột {extra}.",
            f"The frame for table {table} does not fit: columns missing: {lacks}; columns unknown: {extra}.",
        )


class IdentityKeyError(WarehouseError):
    """The secret key of person and enterprise ids was removed: without it every id would be another."""

    def __init__(self) -> None:
        super().__init__(
            "Bảng ops.identity_key không còn khóa bí mật của các mã. Hãy khôi phục bảng từ bản sao lưu rồi chạy lại.",
            "Table ops.identity_key has lost the secret key of the ids. Restore the table from a backup and run again.",
        )


class CandidateError(WarehouseError):
    """The release candidate cannot be published."""

    def __init__(self, table: str, problem_vi: str, problem_en: str) -> None:
        self.table = table
        super().__init__(
            f"Bản dự kiến của bảng {table} {problem_vi}. Không công bố gì; hãy chạy lại.",
            f"The candidate of table {table} {problem_en}. Nothing is published; run again.",
        )


class StaleCandidateError(WarehouseError):
    """The candidate asked for is not the one that could be published now."""

    _WHY: ClassVar[Mapping[str, tuple[str, str]]] = {
        "none": ("không có bản ứng viên nào đang chờ", "no candidate is waiting"),
        "replaced": ("một lần chạy sau đã thay bản này", "a later run has replaced it"),
        "outdated": ("bản công bố đã thay đổi từ khi nó được lập", "what is published has changed since it was made"),
        "published": ("bản này đã được công bố", "it is published already"),
    }

    def __init__(self, asked: str | None, why: str) -> None:
        self.asked, self.why = asked, why
        vi, en = self._WHY[why]
        name = f" {asked}" if asked else ""
        super().__init__(
            f"Không phê duyệt được bản ứng viên{name}: {vi}. Không có gì thay đổi. Xem `doisoat release show`; "
            "nếu cần, chạy lại `doisoat run` để lập bản mới.",
            f"Candidate{name} cannot be published: {en}. Nothing has changed. See `doisoat release show`; "
            "if needed, `doisoat run` makes a new one.",
        )


class RefusedCandidateError(WarehouseError):
    """The candidate is not one that somebody may approve."""

    def __init__(self, candidate_id: str, status: str) -> None:
        self.candidate_id, self.status = candidate_id, status
        if status == "refused":
            vi, en = (
                "cổng 2 đã từ chối, và cổng 2 không ai được bỏ qua",
                "gate two refused it, and nobody may overrule it",
            )
        else:
            vi, en = "lần chạy lập ra nó chưa kiểm tra xong", "the run that made it did not get to judge it"
        super().__init__(
            f"Bản ứng viên {candidate_id} không phê duyệt được: {vi}. Hãy sửa ở nguồn rồi chạy lại `doisoat run`.",
            f"Candidate {candidate_id} cannot be approved: {en}. Correct the source, then `doisoat run` again.",
        )


class ReleaseGoneError(WarehouseError):
    """Only the current release can be exported: the tables hold no other."""

    def __init__(self, asked: int, current: int | None) -> None:
        self.asked, self.current = asked, current
        super().__init__(
            f"Không xuất được bản phát hành {asked}: bản hiện hành là {current}.",
            f"Release {asked} cannot be exported: the current one is {current}.",
        )


class ReleaseNotKeptError(WarehouseError):
    """A release that was never published, or whose former rows are kept no more."""

    def __init__(self, asked: int, oldest: int | None, current: int | None) -> None:
        self.asked, self.oldest, self.current = asked, oldest, current
        if current is None:
            vi, en = "chưa có bản phát hành nào", "nothing was published yet"
        else:
            vi, en = f"hiện lưu các bản từ {oldest} đến {current}", f"releases {oldest} to {current} are kept"
        super().__init__(
            f"Không có bản phát hành {asked}: {vi}. Hãy chọn một bản còn lưu; giữ được lâu hơn bằng `release.keep` "
            "hoặc `doisoat release pin`.",
            f"There is no release {asked}: {en}. Choose one that is kept; `release.keep` or `doisoat release pin` "
            "keep more.",
        )


class PinError(WarehouseError):
    """The name of a pin is taken, unknown or malformed."""

    def __init__(self, name: str, vi: str, en: str, known: Iterable[str]) -> None:
        self.name, self.known = name, tuple(known)
        listed = ", ".join(self.known) or "–"
        super().__init__(f"Ghim {name!r} {vi}. Đang ghim: {listed}.", f"Pin {name!r} {en}. Pinned now: {listed}.")


class TablesLockedError(WarehouseError):
    """Another session holds a lock on our tables for longer than we wait."""

    def __init__(self, action: str, holder: tuple[int, str, datetime | None] | None) -> None:
        self.action, self.holder = action, holder
        vi, en = "một phiên khác", "another session"
        if holder is not None:
            pid, user, since = holder
            when = since.isoformat(sep=" ", timespec="seconds") if since else "?"
            vi = f"phiên PostgreSQL {pid} của {user}, giao dịch mở từ {when},"
            en = f"PostgreSQL session {pid} of {user}, in a transaction since {when},"
        super().__init__(
            f"Không {action} được: {vi} đang khóa bảng. Bản phát hành cũ vẫn nguyên. "
            "Hãy kết thúc phiên ấy rồi chạy lại.",
            f"Could not {action}: {en} holds a lock on the tables. The former release is untouched. End that session, "
            "then run again.",
        )


class ServerFullError(WarehouseError):
    """PostgreSQL has run out of something: class 53 of its codes."""

    _WHAT: ClassVar[Mapping[str, tuple[str, str]]] = {
        "53100": ("hết dung lượng đĩa", "its disk is full"),
        "53200": ("hết bộ nhớ", "it is out of memory"),
        "53300": ("hết số kết nối cho phép", "it takes no more connections"),
        "53400": ("vượt một hạn mức đã đặt", "a configured limit is exceeded"),
    }

    def __init__(self, action: str, code: str) -> None:
        self.action, self.code = action, code
        vi, en = self._WHAT.get(code, ("hết tài nguyên", "it is out of resources"))
        super().__init__(
            f"PostgreSQL {vi} khi đang {action} (mã {code}). Bản phát hành cũ vẫn nguyên. "
            "Hãy giải phóng chỗ rồi chạy lại.",
            f"PostgreSQL could not {action}: {en} (code {code}). The former release is untouched. "
            "Make room, then run again.",
        )


class SourceQueryError(WarehouseError):
    """A database source cannot be read."""

    def __init__(self, place: str, code: str) -> None:
        self.place, self.code = place, code
        super().__init__(
            f"Không đọc được nguồn {place} (mã lỗi PostgreSQL {code}). Hãy kiểm tra địa chỉ, quyền và câu truy vấn.",
            f"The source {place} cannot be read (PostgreSQL error {code}). Check its address, rights and query.",
        )


class StatementFailedError(WarehouseError):
    """PostgreSQL refused a statement. Names the kind only: the driver's text may hold personal values."""

    def __init__(self, action: str, kind: str, code: str) -> None:
        self.action, self.kind, self.code = action, kind, code
        super().__init__(
            f"PostgreSQL từ chối khi đang {action}: {kind} (mã {code}). Dữ liệu đã công bố vẫn nguyên.",
            f"PostgreSQL refused to {action}: {kind} (code {code}). What was published is untouched.",
        )


@contextmanager
def translated(action: str) -> Iterator[None]:
    """Turns driver errors inside the block into ours; `action` completes the sentence "refused to …"."""
    try:
        yield
    except psycopg.OperationalError as exc:
        # Class 08 and 57P are lost connections; without a code the socket broke before an answer came.
        if exc.sqlstate is None or exc.sqlstate.startswith(("08", "57P")):
            raise DatabaseUnreachableError(f"{action}: {exc.sqlstate or type(exc).__name__}") from exc
        if exc.sqlstate.startswith("53"):
            raise ServerFullError(action, exc.sqlstate) from exc
        raise StatementFailedError(action, type(exc).__name__, exc.sqlstate) from exc
    except psycopg.Error as exc:
        raise StatementFailedError(action, type(exc).__name__, exc.sqlstate or "–") from exc
