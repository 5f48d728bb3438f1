"""The nightly flow: a table of contents. Each task is a stage; the function below it runs without Prefect.

No parameter or result of it holds personal data or a secret: the database's URL comes from the environment only.
"""

from pathlib import Path
from typing import Any

from prefect import flow

from flows.account import account
from flows.run import begin
from flows.settings import load_settings
from flows.stages import check, findings, match, pull, read, release, standardise
from flows.summary import Summary
from flows.tasks import as_task, heals_by_waiting

pull_task = as_task(pull.pull, retries=2, retry_delay_seconds=[10, 60], retry_condition_fn=heals_by_waiting)
read_task = as_task(read.read)
standardise_task = as_task(standardise.standardise)
check_task = as_task(check.check)
match_task = as_task(match.match)
findings_task = as_task(findings.reckon)
load_task = as_task(release.load)
check_release_task = as_task(release.check_release)
publish_task = as_task(release.publish)
export_task = as_task(release.export, retries=1, retry_delay_seconds=10, retry_condition_fn=heals_by_waiting)


@flow(name="doisoat-nightly", validate_parameters=False)
def nightly(settings_file: str | None = None, overrides: dict[str, Any] | None = None) -> Summary:
    """One nightly reconciliation, from the drop folders to the published tables; returns its RunSummary."""
    settings = load_settings(Path(settings_file) if settings_file else None, **(overrides or {}))
    with begin(settings) as opened, account(opened) as book:
        run = book.planned(pull_task(opened))
        if run.plan.is_nothing:
            return book.nothing_new()
        files = read_task(run)
        standard = standardise_task(run, files)
        checked = check_task(run, files, standard)
        matched = match_task(run, checked)
        found = findings_task(run, checked, matched)
        book.found(found)
        candidate = load_task(run, found)
        judged = check_release_task(run, candidate)
        outcome = publish_task(run, found, judged)
        with run.store.timed("export"):
            export_task(run, outcome.release)
        return book.closed(outcome)
