"""Errors of departments and their grants.

WarehouseError
├── RoleRightsError              the database's owner may not make roles
├── DepartmentNameError          a name that cannot be one of a role
├── DepartmentExistsError        a department, or a role of its name, is there already
├── ForeignSchemaError           a schema of the name that a department's pin needs is there and not ours
├── UnknownDepartmentError       no department of that name; offers the known ones
├── UngrantableTableError        no published table of that name, or one whose contract says nothing of its rows
├── GrantTermsError              purpose, basis, columns, units or last day of a grant that cannot be taken
└── PasswordRefusedError         no password, or one too easily guessed
"""

from collections.abc import Iterable

from warehouse.errors import WarehouseError


class RoleRightsError(WarehouseError):
    """The database's owner may not make roles."""

    def __init__(self, role: str) -> None:
        self.role = role
        super().__init__(
            f"Vai trò {role} không được tạo vai trò khác, nên không lập được sở, ngành. Quản trị viên PostgreSQL hãy "
            f'chạy: ALTER ROLE "{role}" CREATEROLE;',
            f"The role {role} may not make other roles, so no department can be added. Let PostgreSQL's administrator "
            f'run: ALTER ROLE "{role}" CREATEROLE;',
        )


class DepartmentNameError(WarehouseError):
    """A name that cannot be one of a role."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"{name!r} không dùng làm tên được: hãy dùng 2 đến 41 chữ thường không dấu, chữ số và dấu gạch dưới, bắt "
            "đầu bằng chữ, không kết thúc bằng _pinned, ví dụ y_te.",
            f"{name!r} cannot be a name: use 2 to 41 lower-case letters a–z, digits and underscores, beginning with a "
            "letter, not ending in _pinned, for example y_te.",
        )


class DepartmentExistsError(WarehouseError):
    """A department, or a role or schema of its name, is there already."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"{name} đã có, hoặc máy chủ đã có vai trò hay schema dept_{name}. Hãy chọn tên khác; nếu cần mật khẩu mới "
            f"hoặc mở lại: doisoat department password {name}.",
            f"{name} is there already, or the server has a role or schema dept_{name}. Choose another name; for a new "
            f"password, or to open it again: doisoat department password {name}.",
        )


class ForeignSchemaError(WarehouseError):
    """A schema of the name that a department's pin needs is there, and was not made for it."""

    def __init__(self, schema: str) -> None:
        self.schema = schema
        super().__init__(
            f"Schema {schema} đã có và không do lệnh ghim lập, nên không ghim được. Hãy đổi tên nó rồi ghim lại: "
            f'ALTER SCHEMA "{schema}" RENAME TO …;',
            f"The schema {schema} is there already and was not made by a pin, so the department cannot be pinned. "
            f'Rename it and pin again: ALTER SCHEMA "{schema}" RENAME TO …;',
        )


class UnknownDepartmentError(WarehouseError):
    """No department of that name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name, self.known = name, tuple(known)
        offered = ", ".join(self.known) or "–"
        super().__init__(
            f"Không có sở, ngành {name}. Đã có: {offered}.",
            f"There is no department {name}. There are: {offered}.",
        )


class UngrantableTableError(WarehouseError):
    """No published table of that name, or one whose contract does not say whose its rows are."""

    def __init__(self, table: str, known: Iterable[str]) -> None:
        self.table, self.known = table, tuple(known)
        offered = ", ".join(self.known)
        super().__init__(
            f"Không cấp được bảng {table!r}: không phải bảng công bố, hoặc hợp đồng của nó không ghi dòng thuộc về ai "
            f"(unitProperty, rowScope). Cấp được: {offered}.",
            f"The table {table!r} cannot be granted: it is not published, or its contract does not say whose its rows "
            f"are (unitProperty, rowScope). These can: {offered}.",
        )


class GrantTermsError(WarehouseError):
    """A term of a grant that cannot be taken as it stands."""

    def __init__(self, term: str, problem_vi: str, problem_en: str) -> None:
        self.term = term
        super().__init__(f"{term}: {problem_vi}.", f"{term}: {problem_en}.")


class PasswordRefusedError(WarehouseError):
    """No password, or one too easily guessed."""

    def __init__(self, problem_vi: str, problem_en: str) -> None:
        super().__init__(f"Mật khẩu {problem_vi}.", f"The password {problem_en}.")
