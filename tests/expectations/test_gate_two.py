from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from expectations.gates import gate_two

Put = Callable[..., None]


def failed(database_url: str, **options: Any) -> set[tuple[str, str]]:
    return {(each.dataset, each.rule) for each in gate_two(database_url, **options).refusals}


def test_a_sound_candidate_passes_with_a_result_for_each_table(put: Put, database_url: str) -> None:
    put("published", "birth", 2)
    put("candidate", "birth", 2)
    put("candidate", "quality", 1)
    report = gate_two(database_url)
    assert report.success
    assert {"birth", "quality"} <= {each.dataset for each in report.results}
    assert report.failures.is_empty()


def test_a_sound_link_to_a_person_or_an_enterprise_passes(put: Put, database_url: str) -> None:
    put("candidate", "person", 2)
    put("candidate", "birth", 2, mother_link_status="linked", mother_person_id="person_id 2")
    put("candidate", "enterprise", 1, enterprise_id="E1")
    put("candidate", "dossier", 1, owner_link_status="linked", owner_enterprise_id="E1")
    assert failed(database_url) == set()


@pytest.mark.parametrize(
    ("table", "changed", "rule"),
    [
        ("birth", {"birth_id": None}, "birth_id_present"),
        ("birth", {"birth_id": "birth_id 2"}, "key_is_unique"),
        ("quality", {"dataset": "dataset 2", "rule": "rule 2"}, "key_is_unique"),
        ("birth", {"mother_link_status": "perhaps"}, "mother_link_status_known"),
        ("birth", {"father_link_status": "linked", "father_person_id": None}, "father_linked_has_id"),
        ("birth", {"father_link_status": "linked", "father_person_id": "nobody"}, "father_person_id_exists"),
        ("person", {"death_id": "death:none"}, "death_id_exists"),
        (
            "dossier",
            {"owner_link_status": "linked", "owner_person_id": None, "owner_enterprise_id": None},
            "owner_linked_has_id",
        ),
    ],
)
def test_each_broken_promise_refuses_the_release(
    put: Put, database_url: str, table: str, changed: dict[str, Any], rule: str
) -> None:
    put("candidate", table, 3, **changed)
    assert failed(database_url) == {(table, rule)}


@pytest.mark.parametrize(("reason", "is_open"), [("decided_by_steward", True), ("identifier_and_name", False)])
def test_a_steward_may_name_somebody_who_is_in_no_table_and_nobody_else_may(
    put: Put, database_url: str, reason: str, is_open: bool
) -> None:
    put("candidate", "dossier", 1, owner_link_status="linked", owner_person_id="gone", owner_link_reason=reason)
    refused = failed(database_url)
    assert (("dossier", "owner_person_id_exists") not in refused) is is_open


def test_a_release_that_would_empty_a_table_is_refused(put: Put, database_url: str) -> None:
    put("published", "death", 2)
    put("candidate", "death", 0)
    assert ("death", "table_not_emptied") in failed(database_url)


def test_a_table_that_the_candidate_lacks_counts_as_empty(put: Put, engine: sa.Engine, database_url: str) -> None:
    put("published", "death", 2)
    with engine.begin() as connection:
        connection.execute(sa.schema.DropTable(sa.table("death", schema="candidate"), if_exists=True))
    assert failed(database_url) == {("death", "table_not_emptied"), ("death", "row_count_kept")}


def test_a_table_of_faults_may_shrink_to_nothing(put: Put, database_url: str) -> None:
    put("published", "discrepancy", 9)
    put("candidate", "discrepancy", 0)
    assert failed(database_url) == set()


def test_a_table_that_was_never_published_may_be_empty_or_absent(put: Put, database_url: str) -> None:
    put("published", "death", 0)
    put("candidate", "birth", 0)
    assert failed(database_url) == set()


@pytest.mark.parametrize(("share", "is_open"), [(0.5, True), (0.4, False)])
def test_a_drop_beyond_the_share_refuses_the_release(put: Put, database_url: str, share: float, is_open: bool) -> None:
    put("published", "death", 10)
    put("candidate", "death", 5)
    assert gate_two(database_url, max_row_change=share).success is is_open


def test_the_refusal_names_the_rows_in_both_languages(put: Put, database_url: str) -> None:
    put("published", "death", 10)
    put("candidate", "death", 1)
    (refusal,) = gate_two(database_url).refusals
    assert refusal.title_vi == "Bảng death đang có 10 dòng; bản phát hành không được còn dưới 5 dòng"
    assert refusal.title_en == "table death holds 10 rows; a release must not leave fewer than 5"
