"""What `doisoat link` and `doisoat dedupe` do around the engine: tables in, links and their account out.

Nothing here knows Prefect, Great Expectations or PostgreSQL, so that a small linkage is done in a second or two.
"""
