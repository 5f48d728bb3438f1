-- Runs, deliveries taken in, rows held for each dataset, and what the published tables were made from.
CREATE TABLE ops.run (
    run_id text PRIMARY KEY,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    status text NOT NULL,
    release integer,
    summary jsonb NOT NULL
);
CREATE INDEX run_started_at ON ops.run (started_at DESC);

-- In the order in which they were applied. The same name may come again with other content, and the same content
-- again under another name: another delivery each.
CREATE TABLE ops.delivery (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    delivery_id text NOT NULL,
    source text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('full', 'delta')),
    fingerprint text NOT NULL,
    rows bigint NOT NULL CHECK (rows >= 0),
    run_id text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE ops.holding (
    dataset text PRIMARY KEY,
    fingerprint text NOT NULL,
    run_id text NOT NULL
);

-- One row. Apart from published.release, because holdings may change without changing a published row.
CREATE TABLE ops.state (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    state text NOT NULL,
    release integer,
    run_id text NOT NULL
);

-- How many rows were loaded into each candidate table: a crash empties unlogged tables, and an empty candidate
-- must never be taken for one that removes everything.
CREATE TABLE ops.candidate (
    table_name text PRIMARY KEY,
    rows bigint NOT NULL
);
