"""What a run has to do: the deliveries that are new, and the fingerprint under which its stages keep their results."""

import hashlib
import os
from dataclasses import dataclass

import polars as pl

import warehouse
from contracts import received
from expectations.across import Known
from flows import fingerprint
from flows.catalogues import known_codes
from flows.errors import DropMissingError, ReservedSourceError, SettingsError
from flows.matching_model import model_of
from flows.pull import Delivery, as_written, discover
from flows.pull.database import deliver_from_database
from flows.quarantine.deliver import deliver_answers
from flows.quarantine.sources import is_corrections
from flows.settings import QuerySource, Settings
from flows.workspace import Workspace
from matching.learnt import Learnt


@dataclass(frozen=True, slots=True)
class Said:
    """What people decided, which runs obey."""

    verdicts: pl.DataFrame
    """Stewards' verdicts on pairs."""
    answers: pl.DataFrame
    """Answers to quarantined rows."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The inputs of a run, fixed before anything is done."""

    state: warehouse.State
    """What the last release was made from."""
    deliveries: tuple[Delivery, ...]
    """New deliveries, in the order in which they are applied."""
    seen: tuple[Delivery, ...]
    """Deliveries that were loaded before."""
    verdicts: pl.DataFrame
    """Stewards' decisions, which the run obeys."""
    answers: pl.DataFrame
    """What was said of quarantined rows, likewise."""
    model: Learnt
    """What the run weighs by."""
    known: Known
    """The operator's catalogues of codes."""
    fingerprint: str
    """Equal for two runs that would do the same."""

    @property
    def verdicts_digest(self) -> str:
        """Fingerprint of the stewards' decisions."""
        lines = self.verdicts.sort(self.verdicts.columns).write_csv()
        return hashlib.sha256(lines.encode()).hexdigest()

    @property
    def answers_digest(self) -> str:
        """Fingerprint of what was said of quarantined rows; when and by whom is no part of it."""
        return _answers_digest(self.answers)

    def state_after(self, holdings: dict[str, str]) -> str:
        """Fingerprint of everything a release follows from: rows held, what people decided, model, catalogues, code."""
        said = [self.verdicts_digest, self.answers_digest]
        stands = [self.model.to_json(), self.known.digest(), fingerprint.of_code()]
        return fingerprint.digest([sorted(holdings.items()), *said, *stands])

    @property
    def is_nothing(self) -> bool:
        """Whether the published release already is what this run would publish."""
        return not self.deliveries and self.state.state in (None, self.state_after(dict(self.state.holdings)))


def make_plan(settings: Settings, workspace: Workspace, state: warehouse.State, said: Said) -> Plan:
    """Looks through drop folders, query sources and answers; DropMissingError if a configured drop is not there."""
    for source in settings.query_sources:
        _fetch(source, workspace)
    model, known = model_of(settings), known_codes(settings)
    found: list[Delivery] = []
    for drop in settings.drops:
        if not drop.is_dir():
            raise DropMissingError(drop)
        found += discover(drop)
    if workspace.queried.is_dir():
        found += discover(workspace.queried)
    _refuse_reserved(found)
    corrections = _corrections(workspace, state, said.answers)
    # Corrections answer what came before: whatever the sources send since has the last word.
    ordered = [*corrections, *sorted(found, key=lambda each: (each.delivery, each.source))]
    seen = tuple(each for each in ordered if _is_seen(each, state))
    new = tuple(each for each in ordered if not _is_seen(each, state))
    inputs = [
        state.state,
        [each.fingerprint for each in new],
        said.verdicts.sort(said.verdicts.columns).write_csv(),
        _answers_digest(said.answers),
        settings.checks.model_dump(mode="json"),
        model.to_json(),
        known.digest(),
        fingerprint.of_code(),
    ]
    return Plan(state, new, seen, said.verdicts, said.answers, model, known, fingerprint.digest(inputs)[:24])


def _answers_digest(answers: pl.DataFrame) -> str:
    said = answers.select("dataset", "answer", "original_hash", "answer_hash", "quarantine_id")
    return hashlib.sha256(said.sort(said.columns).write_csv().encode()).hexdigest()


def _refuse_reserved(found: list[Delivery]) -> None:
    for each in found:
        if is_corrections(each.source):
            raise ReservedSourceError(each.source)


def _corrections(workspace: Workspace, state: warehouse.State, answers: pl.DataFrame) -> list[Delivery]:
    deliver_answers(answers, {delivery_id for delivery_id, _ in state.deliveries}, workspace.corrected)
    if not workspace.corrected.is_dir():
        return []
    return [as_written(each) for each in discover(workspace.corrected)]


def _is_seen(delivery: Delivery, state: warehouse.State) -> bool:
    """Whether it was applied, under this name or as the source's last word; older content sent anew is news."""
    is_known = (delivery.delivery_id, delivery.fingerprint) in state.deliveries
    return is_known or state.latest.get(delivery.source) == delivery.fingerprint


def _fetch(source: QuerySource, workspace: Workspace) -> None:
    unknown = sorted(set(source.queries) - set(received()))
    if unknown:
        known = ", ".join(received())
        raise SettingsError(
            f"query_sources.{source.name}", f"unknown dataset {unknown[0]} (known: {known})", origin="file"
        )
    url = os.environ.get(source.url_variable)
    if not url:
        raise SettingsError(source.url_variable, "the variable with the source's URL is not set", origin="environment")
    batches = {
        dataset: warehouse.read_batches(url, path.read_text(encoding="utf-8"), source.batch_size)
        for dataset, path in source.queries.items()
    }
    deliver_from_database(source.name, batches, workspace.queried)
