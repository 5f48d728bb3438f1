-- Releases: the candidate that waits, holds, pins, what each changed row was before, and the order of the runs.
ALTER TABLE ops.candidate RENAME TO candidate_table;

-- One row: the candidate whose tables are loaded. A later run that loads another takes it away first.
CREATE TABLE ops.candidate (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    candidate_id text NOT NULL,
    run_id text NOT NULL,
    state text NOT NULL,
    base_release integer,
    base_state text,
    holdings jsonb NOT NULL,
    quality_index double precision,
    loaded_at timestamptz NOT NULL DEFAULT now(),
    status text NOT NULL DEFAULT 'loaded' CHECK (status IN ('loaded', 'held', 'refused', 'published')),
    findings jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON COLUMN ops.candidate.base_release IS 'Bản phát hành mà bản ứng viên được so với
The release the candidate was made against; empty before the first';
COMMENT ON COLUMN ops.candidate.status IS 'loaded: vừa nạp; held: chờ phê duyệt; refused: cổng 2 từ chối; published: đã công bố
loaded: just loaded; held: waits for approval; refused: by gate two; published: done';

-- While its one row is there, no run publishes by itself.
CREATE TABLE ops.hold (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    held_by text NOT NULL,
    reason text NOT NULL,
    held_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE ops.pin (
    name text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9_]{0,39}$'),
    release integer NOT NULL,
    pinned_by text NOT NULL,
    pinned_at timestamptz NOT NULL DEFAULT now()
);

-- A clock may be set back: runs follow each other by number, not by time.
ALTER TABLE ops.run ADD COLUMN position bigint GENERATED ALWAYS AS IDENTITY UNIQUE;

ALTER TABLE ledger.change ADD COLUMN before jsonb;
COMMENT ON COLUMN ledger.change.before IS 'Dòng trước thay đổi; trống nếu là dòng thêm, hoặc đã quá thời hạn lưu
The row before the change; empty for an added row, and once its retention is over';
-- Two small indexes that a row added to a table is in neither of: a first release of a million rows pays nothing.
CREATE INDEX change_kept ON ledger.change (release) WHERE before IS NOT NULL;
CREATE INDEX change_forgotten ON ledger.change (release) WHERE before IS NULL AND operation <> 'added';

CREATE FUNCTION ledger.oldest_release() RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT coalesce(max(c.release), 1) FROM ledger.change AS c WHERE c.before IS NULL AND c.operation <> 'added'
$$;
COMMENT ON FUNCTION ledger.oldest_release() IS 'Bản phát hành cũ nhất còn dựng lại được
The oldest release that can still be shown or restored';

CREATE FUNCTION ledger.feed(table_name text, since integer)
RETURNS TABLE (release integer, key text, operation text, before jsonb, after jsonb)
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    key_columns text;
BEGIN
    SELECT string_agg(format('p.%I', a.attname), ', ' ORDER BY k.place) INTO key_columns
    FROM pg_catalog.pg_index AS i
    CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (number, place)
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.number
    WHERE i.indisprimary AND i.indrelid = to_regclass(format('published.%I', feed.table_name));
    IF key_columns IS NULL THEN
        RAISE EXCEPTION 'Không có bảng published.%. · There is no table published.%.', feed.table_name, feed.table_name
            USING ERRCODE = 'undefined_table';
    END IF;
    IF since < ledger.oldest_release() THEN
        RAISE EXCEPTION 'Không còn lưu thay đổi từ bản phát hành %: cũ nhất là %. Hãy đọc lại cả bảng. · Changes since '
            'release % are kept no more: the oldest is %. Read the whole table again.',
            since, ledger.oldest_release(), since, ledger.oldest_release()
            USING ERRCODE = 'no_data_found';
    END IF;
    -- What a row became is what it was before its next change, or else what it is now.
    RETURN QUERY EXECUTE format($query$
        SELECT f.release, f.key, f.operation, f.before,
               CASE WHEN f.next IS NOT NULL THEN f.next_before ELSE to_jsonb(p) END
        FROM (
            SELECT c.*, lead(c.release) OVER following AS next, lead(c.before) OVER following AS next_before
            FROM ledger.change AS c
            WHERE c.table_name = $1 AND c.release > $2
            WINDOW following AS (PARTITION BY c.key ORDER BY c.release)
        ) AS f
        LEFT JOIN published.%I AS p
            ON f.next IS NULL AND f.operation <> 'removed' AND p.release = f.release AND concat_ws('|', %s) = f.key
        ORDER BY f.release, f.key COLLATE "C"
    $query$, feed.table_name, key_columns) USING feed.table_name, since;
END
$$;
COMMENT ON FUNCTION ledger.feed(text, integer) IS 'Luồng thay đổi của một bảng từ sau một bản phát hành
The change feed of a table since a release: key, operation, the row before and after';

REVOKE ALL ON FUNCTION ledger.oldest_release(), ledger.feed(text, integer) FROM PUBLIC;
