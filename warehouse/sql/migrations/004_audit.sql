-- The audit log: who did what, in one chain of hashes. A row can be added; none can be changed, removed or moved unseen.
CREATE SCHEMA audit;
COMMENT ON SCHEMA audit IS 'Nhật ký kiểm toán: ai làm gì, nối với nhau bằng mã băm
The audit log: who did what, chained by hashes';
REVOKE ALL ON SCHEMA audit FROM PUBLIC;

CREATE TABLE audit.entry (
    position bigint PRIMARY KEY CHECK (position > 0),
    recorded_at timestamptz NOT NULL,
    db_user text NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    detail jsonb NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL
);
COMMENT ON TABLE audit.entry IS 'Nhật ký chỉ ghi thêm: lần chạy, bản phát hành, phê duyệt, quyết định, cấp quyền
Append-only log of runs, releases, approvals, decisions and grants';
COMMENT ON COLUMN audit.entry.hash IS 'SHA-256 của dòng này cùng mã băm của dòng trước
SHA-256 of this row together with the hash of the one before';

CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- As a JSON array, whose text tells apart every two lists of values; the time in UTC, whatever the session's zone.
CREATE FUNCTION audit.hash_of(entry audit.entry) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        entry.position, to_char(entry.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), entry.db_user,
        entry.actor, entry.action, entry.subject, entry.detail, entry.previous
    )::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION audit.append(actor text, action text, subject text, detail jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    last audit.entry;
    new audit.entry;
BEGIN
    -- One at a time until the end of the transaction, so that no two rows follow the same one.
    PERFORM pg_catalog.pg_advisory_xact_lock(1685022059, 3);
    SELECT * INTO last FROM audit.entry AS e ORDER BY e.position DESC LIMIT 1;
    new.position := coalesce(last.position, 0) + 1;
    new.recorded_at := pg_catalog.clock_timestamp();
    new.db_user := session_user;
    new.actor := actor;
    new.action := action;
    new.subject := subject;
    new.detail := detail;
    new.previous := coalesce(last.hash, '');
    new.hash := audit.hash_of(new);
    INSERT INTO audit.entry SELECT new.*;
    RETURN new.position;
END
$$;
COMMENT ON FUNCTION audit.append(text, text, text, jsonb) IS 'Ghi thêm một dòng vào nhật ký kiểm toán
Adds an entry to the audit log';
REVOKE ALL ON FUNCTION audit.hash_of(audit.entry), audit.append(text, text, text, jsonb) FROM PUBLIC;
