-- Links with history, stewards' verdicts, quarantine, lineage, entities and the change feed.
CREATE TABLE ledger.link (
    dataset text NOT NULL,
    record_id text NOT NULL,
    role text NOT NULL,
    reference text CHECK (reference IN ('population', 'enterprise')),
    reference_id text,
    status text NOT NULL CHECK (status IN ('linked', 'review', 'not_found', 'unlinkable')),
    reason text NOT NULL,
    weight double precision,
    runner_up_weight double precision,
    evidence text,
    model text,
    valid_from_release integer NOT NULL,
    valid_to_release integer CHECK (valid_to_release > valid_from_release),
    run_id text NOT NULL,
    PRIMARY KEY (record_id, role, valid_from_release)
);
CREATE UNIQUE INDEX link_current ON ledger.link (record_id, role) WHERE valid_to_release IS NULL;
CREATE INDEX link_reference ON ledger.link (reference_id) WHERE valid_to_release IS NULL;
COMMENT ON COLUMN ledger.link.valid_to_release IS 'Bản phát hành đầu tiên không còn liên kết này
First release in which the link no longer holds; empty while it does';

CREATE TABLE ledger.verdict (
    verdict_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    record_id text NOT NULL,
    role text NOT NULL,
    reference text NOT NULL,
    reference_id text,
    verdict text NOT NULL CHECK (verdict IN ('same', 'different', 'not_in_register')),
    steward text NOT NULL,
    note text,
    decided_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((reference_id IS NULL) = (verdict = 'not_in_register'))
);
CREATE INDEX verdict_record ON ledger.verdict (record_id, role);

CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%.% is append-only', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER verdict_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.verdict
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

CREATE TABLE ledger.quarantine (
    quarantine_id text PRIMARY KEY,
    dataset text NOT NULL,
    record_id text,
    delivery_id text NOT NULL,
    file text NOT NULL,
    "row" bigint NOT NULL,
    rules text[] NOT NULL,
    original text NOT NULL,
    run_id text NOT NULL,
    resolved_release integer
);
CREATE INDEX quarantine_open ON ledger.quarantine (record_id) WHERE resolved_release IS NULL;

CREATE TABLE ledger.lineage (
    record_id text PRIMARY KEY,
    dataset text NOT NULL,
    delivery_id text NOT NULL,
    file text NOT NULL,
    "row" bigint NOT NULL
);

CREATE TABLE ledger.entity (
    entity_id text PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('person', 'enterprise')),
    reference_id text NOT NULL,
    successor_id text REFERENCES ledger.entity DEFERRABLE INITIALLY DEFERRED CHECK (successor_id <> entity_id)
);

CREATE TABLE ledger.change (
    release integer NOT NULL,
    table_name text NOT NULL,
    key text NOT NULL,
    operation text NOT NULL CHECK (operation IN ('added', 'changed', 'removed')),
    PRIMARY KEY (release, table_name, key)
);

CREATE FUNCTION ledger.resolve(entity_id text) RETURNS text LANGUAGE sql STABLE AS $$
    WITH RECURSIVE forward AS (
        SELECT e.entity_id AS id, e.successor_id AS next FROM ledger.entity AS e WHERE e.entity_id = $1
        UNION ALL
        SELECT e.entity_id, e.successor_id FROM ledger.entity AS e JOIN forward AS f ON e.entity_id = f.next
    ) CYCLE id SET is_cycle USING path
    SELECT f.id FROM forward AS f WHERE f.next IS NULL
$$;
COMMENT ON FUNCTION ledger.resolve(text) IS 'Mã hiện hành của một người hay doanh nghiệp
The id a person or enterprise has now: follows successors; empty for an id never given';

REVOKE ALL ON FUNCTION ledger.refuse_change(), ledger.resolve(text) FROM PUBLIC;
