"""Load, judge, publish, export: the candidate becomes the release in one transaction, or waits, or nothing changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

import warehouse
from contracts import published, received
from expectations.across import with_failures
from expectations.gates import gate_two
from expectations.results import CheckReport
from flows import holdings
from flows.limits import UNITS_KEPT, Reason, reasons
from flows.numbers import grouped
from flows.receipt import Receipt
from flows.run import Opened, Run
from flows.settings import Settings
from flows.stages import looks
from flows.stages.check import closings, quarantined
from flows.stages.findings import Findings
from flows.stages.match import held_rows, pointers
from flows.workspace import Workspace
from warehouse import candidate, occurring


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of a candidate before it is published."""

    candidate_id: str
    checks: CheckReport
    """Of gate two, which nobody overrules."""
    would_change: warehouse.Changes
    reasons: tuple[Reason, ...]
    """Why it has to wait for an approval."""

    @property
    def is_held(self) -> bool:
        """Whether it is not to be published now."""
        return bool(self.reasons) or not self.checks.success

    def as_dict(self) -> dict[str, Any]:
        """What whoever approves wants to know, as a JSON-able value."""
        return {
            "would_change": self.would_change.as_dict(UNITS_KEPT),
            "reasons": [each.as_dict() for each in self.reasons],
            "refused_by": sorted({each.rule for each in self.checks.results if not each.success}),
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended."""

    status: str
    """published, nothing_new or held."""
    release: int | None
    changes: tuple[warehouse.TableChange, ...] = ()
    judgement: Judgement | None = None


def load(run: Run, found: Findings) -> str:
    """Loads all that publishing needs into the database; the candidate's id."""
    run.reporter.stage("load")
    with run.store.timed("load"):
        warehouse.tickets.set_terms(run.connection, warehouse.tickets.Terms(**run.settings.tickets.model_dump()))
        differences = _differences(run, found)
        for name, table in (_tables(held_rows(run, found.checked), found) | differences).items():
            warehouse.load_candidate(run.connection, published()[name], table)
            run.reporter.note(f"{name}: {grouped(table.height)} dòng · rows")
        return warehouse.offer(run.connection, _publication(run, found))


def check_release(run: Run, candidate_id: str) -> Judgement:
    """Gate two on the candidate, what it would change, and whether that has to wait for an approval."""
    run.reporter.stage("check_release")
    with run.store.timed("check_release"):
        checks = gate_two(run.url, max_row_change=run.settings.checks.max_row_change)
        changes = warehouse.would_change(run.connection)
        waits = reasons(changes, run.settings.release, warehouse.hold(run.connection))
        return Judgement(candidate_id, checks, changes, waits)


def publish(run: Run, found: Findings, judged: Judgement) -> Outcome:
    """Publishes the candidate unless it is held; deliveries and pointers go into the same transaction."""
    run.reporter.stage("publish")
    with run.store.timed("publish"):
        if judged.is_held:
            is_refused = not judged.checks.success
            warehouse.hold_candidate(run.connection, judged.candidate_id, judged.as_dict(), is_refused=is_refused)
            return Outcome("held", run.plan.state.release, judgement=judged)
        done = warehouse.publish_candidate(run.connection, judged.candidate_id)
    holdings.prune(run.workspace, pointers(found.checked))
    return Outcome("published" if done.is_new else "nothing_new", done.release, done.changes, judged)


def export(run: Opened, release: int | None) -> None:
    """Writes the release as Parquet with checksums, unless it is there already, and lets go of what is too old."""
    run.reporter.stage("export")
    if release is not None:
        keep_release(run.connection, run.workspace, run.settings, release)


def keep_release(connection: warehouse.Connection, workspace: Workspace, settings: Settings, release: int) -> None:
    """Exports a release, and forgets those that neither the retention nor a pin keeps."""
    warehouse.export_release(connection, workspace.releases, release)
    kept = warehouse.retain(connection, settings.release.keep)
    warehouse.forget_exports(workspace.releases, kept)


def _tables(held: Mapping[str, pl.LazyFrame], found: Findings) -> dict[str, pl.DataFrame]:
    """The candidate tables; one whose dataset was never delivered is empty."""
    tables = {name: candidate.empty_table(each) for name, each in published().items() if name != "release"}
    local = [name for name in held if received()[name].roles]
    told = {name: with_failures(held[name], name, found.across.failures) for name in local}
    tables |= {name: candidate.local_table(name, told[name], found.decisions) for name in local}
    seen = occurring.appearances({name: held[name] for name in local}, found.decisions)
    tables["person"] = occurring.person_table(held.get("population"), seen)
    tables["enterprise"] = occurring.enterprise_table(held.get("enterprise"), seen)
    tables["person_dossier"] = occurring.person_dossier_table(seen)
    tables |= {"quality": found.quality.table, "quality_unit": found.quality.units.table}
    return tables | {"indicator": found.indicators.table, "indicator_definition": found.indicators.definitions}


def _differences(run: Run, found: Findings) -> dict[str, pl.DataFrame]:
    """The candidate table of differences, dated by what is published now."""
    before, upcoming = warehouse.discrepancies.standing(run.connection), (run.plan.state.release or 0) + 1
    table = warehouse.discrepancies.table(found.discrepancies, found.decisions, before, upcoming)
    return {warehouse.discrepancies.TABLE: table}


def _publication(run: Run, found: Findings) -> warehouse.Publication:
    held, kept = held_rows(run, found.checked), pointers(found.checked)
    return warehouse.Publication(
        run_id=run.run_id,
        state=run.plan.state_after(kept),
        holdings=kept,
        deliveries=_deliveries(found.receipts),
        decisions=found.decisions,
        lineage=candidate.lineage(held),
        entities=occurring.entities(held.get("population"), found.decisions, warehouse.identity_key(run.connection)),
        flags=found.contrary,
        quarantine=quarantined(found.checked),
        closings=closings(found.checked),
        quality_index=found.quality.index,
        profiles=looks.profiles(found.checked),
    )


def _deliveries(receipts: Iterable[Receipt]) -> pl.DataFrame:
    schema = {
        "delivery_id": pl.String,
        "source": pl.String,
        "kind": pl.String,
        "fingerprint": pl.String,
        "rows": pl.Int64,
    }
    rows = [
        (each.delivery_id, each.source, each.kind, each.fingerprint, sum(each.rows.values()))
        for each in receipts
        if each.status == "accepted"
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")
