"""Pull: finds what is new, and keeps its raw files unchanged, addressed by content, before anything is read."""

from flows.pull import store_raw
from flows.run import Opened, Run


def pull(opened: Opened) -> Run:
    """The run with its plan made and the raw files of all new deliveries kept."""
    opened.reporter.stage("pull")
    run = Run.planned(opened)
    for delivery in run.plan.seen:
        run.reporter.note(f"{delivery.delivery_id}: đã nhận trước đây · seen before")
    with run.store.timed("pull"):
        for delivery in run.plan.deliveries:
            store_raw(delivery, run.workspace.raw)
            run.reporter.note(f"{delivery.delivery_id} ({delivery.kind})")
    return run
