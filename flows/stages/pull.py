"""Pull: raw files of every new delivery are kept unchanged, addressed by content, before anything is read from them."""

from flows.pull import store_raw
from flows.run import Run


def pull(run: Run) -> None:
    """Keeps the raw files of all new deliveries."""
    for delivery in run.plan.seen:
        run.reporter.note(f"{delivery.delivery_id}: đã nhận trước đây · seen before")
    with run.store.timed("pull"):
        for delivery in run.plan.deliveries:
            store_raw(delivery, run.workspace.raw)
            run.reporter.note(f"{delivery.delivery_id} ({delivery.kind})")
