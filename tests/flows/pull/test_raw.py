"""Raw files are kept unchanged under the name of their content."""

import hashlib

import pytest

from flows.pull import store_raw
from flows.pull.errors import FileChangedError

GOOD = "MaSoDoanhNghiep,TenTiengViet\n1,a\n"


def kept(raw):
    return {path.relative_to(raw).as_posix(): path.read_bytes() for path in raw.rglob("*") if path.is_file()}


def test_every_file_is_kept_by_its_checksum(deliver, tmp_path):
    store_raw(deliver({"enterprise.csv": GOOD}), tmp_path / "raw")
    digest = hashlib.sha256(GOOD.encode()).hexdigest()
    assert kept(tmp_path / "raw") == {f"{digest[:2]}/{digest}": GOOD.encode()}


def test_storing_again_changes_nothing(deliver, tmp_path):
    delivery = deliver({"enterprise.csv": GOOD}, {})
    store_raw(delivery, tmp_path / "raw")
    first = kept(tmp_path / "raw")
    store_raw(delivery, tmp_path / "raw")
    assert kept(tmp_path / "raw") == first


def test_writing_into_the_drop_later_does_not_touch_what_was_kept(deliver, tmp_path):
    delivery = deliver({"enterprise.csv": GOOD})
    store_raw(delivery, tmp_path / "raw")
    with (delivery.folder / "enterprise.csv").open("a") as file:
        file.write("2,b\n")
    assert list(kept(tmp_path / "raw").values()) == [GOOD.encode()]


def test_a_file_that_changed_since_it_was_found_is_not_kept(deliver, tmp_path):
    delivery = deliver({"enterprise.csv": GOOD})
    (delivery.folder / "enterprise.csv").write_text(GOOD + "2,b\n")
    with pytest.raises(FileChangedError):
        store_raw(delivery, tmp_path / "raw")
    assert kept(tmp_path / "raw") == {}
