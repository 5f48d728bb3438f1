"""The stages of the nightly run, one module each: plain functions that know nothing of Prefect."""
