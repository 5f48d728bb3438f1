"""The eight groups of error causes that every rule belongs to, so that lists of rows to fix can be sorted by cause."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

ErrorGroup = Literal["missing", "outlier", "duplicate", "format", "reference", "contradiction", "stale", "mismatch"]

GROUPS: Mapping[ErrorGroup, tuple[str, str]] = MappingProxyType(
    {
        "missing": ("Thiếu dữ liệu", "Missing"),
        "outlier": ("Giá trị bất thường", "Outlier"),
        "duplicate": ("Trùng lặp", "Duplicate"),
        "format": ("Sai định dạng, ngoài danh mục", "Wrong format or code"),
        "reference": ("Tham chiếu không tồn tại", "Broken reference"),
        "contradiction": ("Các trường mâu thuẫn nhau", "Contradiction between fields"),
        "stale": ("Không được cập nhật", "Stale"),
        "mismatch": ("Lệch với dữ liệu quốc gia", "Mismatch with the national reference"),
    }
)
"""What each group is called, in Vietnamese and English; the groups are those of CV 4856/BCA-TTDLQG as read."""
