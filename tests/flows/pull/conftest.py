"""Writes small deliveries and reads them back."""

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from contracts import received
from flows.pull import Delivery, DeliveryRead, discover, read_delivery

HEADER = "MaSoDoanhNghiep,TenTiengViet,LoaiHinhDN\n"


@pytest.fixture
def deliver(tmp_path: Path) -> Callable[..., Delivery]:
    """Writes the files (and a manifest with true checksums if `declared` is given) and finds the delivery."""

    def write(files: dict[str, str | bytes], declared: dict[str, Any] | None = None, kind: str = "full") -> Delivery:
        folder = tmp_path / "drop" / "business-registry" / "2026-11-20"
        folder.mkdir(parents=True, exist_ok=True)
        contents = {name: data.encode() if isinstance(data, str) else data for name, data in files.items()}
        for name, data in contents.items():
            (folder / name).write_bytes(data)
        if declared is not None:
            sums = {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
            entry = {"files": list(files), "sha256": sums} | declared
            manifest = {"source": "business-registry", "delivery": "2026-11-20", "kind": kind}
            document = manifest | {"datasets": {"enterprise": entry}}
            (folder / "manifest.json").write_text(json.dumps(document), encoding="utf-8")
        return discover(tmp_path / "drop")[0]

    return write


@pytest.fixture
def read(deliver: Callable[..., Delivery]) -> Callable[..., DeliveryRead]:
    """Writes a delivery and reads it."""

    def run(*args: Any, has_full: bool = True, **options: Any) -> DeliveryRead:
        return read_delivery(deliver(*args, **options), received(), has_full=lambda _: has_full)

    return run


@pytest.fixture
def workbook() -> Callable[..., bytes]:
    """The bytes of a workbook with these rows, made by `fill` where given."""

    def make(*rows: list[Any], fill: Callable[[xlsxwriter.Workbook, Any], None] | None = None) -> bytes:
        memory = io.BytesIO()
        book = xlsxwriter.Workbook(memory)
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        if fill:
            fill(book, sheet)
        book.close()
        return memory.getvalue()

    return make
