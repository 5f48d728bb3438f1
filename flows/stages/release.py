"""Load, gate two, publish, export: the candidate becomes the release in one transaction, or nothing changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

import warehouse
from contracts import published, received
from expectations.gates import gate_two
from expectations.results import CheckReport
from flows import holdings
from flows.receipt import Receipt
from flows.run import Opened, Run
from flows.stages.check import closings, quarantined
from flows.stages.findings import Findings
from flows.stages.match import held_rows, pointers
from warehouse import candidate


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended."""

    status: str
    """published, nothing_new or held."""
    release: int | None
    changes: tuple[warehouse.TableChange, ...] = ()
    checks: CheckReport | None = None


def load(run: Run, found: Findings) -> None:
    """Loads all tables of the release candidate."""
    run.reporter.stage("load")
    with run.store.timed("load"):
        for name, table in _tables(held_rows(run, found.checked), found).items():
            warehouse.load_candidate(run.connection, published()[name], table)
            run.reporter.note(f"{name}: {table.height} dòng · rows")


def check_release(run: Run) -> CheckReport:
    """Gate two on the candidate."""
    run.reporter.stage("check_release")
    with run.store.timed("check_release"):
        return gate_two(run.url, max_row_change=run.settings.checks.max_row_change)


def publish(run: Run, found: Findings, report: CheckReport) -> Outcome:
    """Publishes the candidate unless gate two holds it; deliveries and pointers go into the same transaction."""
    run.reporter.stage("publish")
    if not report.success:
        return Outcome("held", run.plan.state.release, checks=report)
    with run.store.timed("publish"):
        done = warehouse.publish(run.connection, _publication(run, found))
    holdings.prune(run.workspace, pointers(found.checked))
    return Outcome("published" if done.is_new else "nothing_new", done.release, done.changes, report)


def export(run: Opened, release: int | None) -> None:
    """Writes the release as Parquet with checksums, unless it is there already."""
    run.reporter.stage("export")
    if release is not None:
        warehouse.export_release(run.connection, run.workspace.releases, release)


def _tables(held: Mapping[str, pl.LazyFrame], found: Findings) -> dict[str, pl.DataFrame]:
    """The candidate tables; one whose dataset was never delivered is empty."""
    tables = {name: candidate.empty_table(each) for name, each in published().items() if name != "release"}
    local = [name for name in held if received()[name].roles]
    tables |= {name: candidate.local_table(name, held[name], found.decisions) for name in local}
    if "population" in held:
        tables["person"] = candidate.person_table(held["population"], found.decisions)
    if "enterprise" in held:
        tables["enterprise"] = candidate.enterprise_table(held["enterprise"], found.decisions)
    tables |= {"quality": found.quality.table}
    return tables | {"indicator": found.indicators.table, "indicator_definition": found.indicators.definitions}


def _publication(run: Run, found: Findings) -> warehouse.Publication:
    held, kept = held_rows(run, found.checked), pointers(found.checked)
    return warehouse.Publication(
        run_id=run.run_id,
        state=run.plan.state_after(kept),
        holdings=kept,
        deliveries=_deliveries(found.receipts),
        decisions=found.decisions,
        lineage=candidate.lineage(held),
        entities=candidate.entities(held.get("population"), found.decisions),
        quarantine=quarantined(found.checked),
        closings=closings(found.checked),
        quality_index=found.quality.index,
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
