-- The quarantine gets a way out: whose row it is, since when it waits, what is proposed, and all that people did with it.
ALTER TABLE ledger.quarantine
    ADD COLUMN unit text,
    ADD COLUMN operation text NOT NULL DEFAULT 'upsert' CHECK (operation IN ('upsert', 'delete')),
    ADD COLUMN content_hash text,
    ADD COLUMN origin_hash text,
    ADD COLUMN tables text,
    ADD COLUMN proposals text,
    ADD COLUMN first_seen_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN resolved_at timestamptz,
    ADD COLUMN resolution text CHECK (
        resolution IN ('delivered_again', 'no_longer_sent', 'replaced', 'corrected', 'accepted_as_is', 'withdrawn')
    );
UPDATE ledger.quarantine AS q SET first_seen_at = r.started_at FROM ops.run AS r WHERE r.run_id = q.run_id;
UPDATE ledger.quarantine SET resolution = 'delivered_again', resolved_at = now() WHERE resolved_release IS NOT NULL;
-- A row that a person withdraws is settled by no release.
ALTER TABLE ledger.quarantine ADD CHECK ((resolved_at IS NULL) = (resolution IS NULL));
DROP INDEX ledger.quarantine_open;
CREATE INDEX quarantine_open ON ledger.quarantine (quarantine_id) WHERE resolved_at IS NULL;
COMMENT ON COLUMN ledger.quarantine.first_seen_at IS 'Thời hạn tính từ lúc này; dòng thay thế giữ thời điểm của dòng trước
The deadlines run from here; a row that replaces another keeps its moment';
COMMENT ON COLUMN ledger.quarantine.resolution IS 'Vì sao dòng này đã xong
Why the row is settled';

CREATE TABLE ledger.quarantine_event (
    event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    quarantine_id text NOT NULL REFERENCES ledger.quarantine,
    event text NOT NULL CHECK (
        event IN ('exported', 'unclear', 'corrected', 'accepted_as_is', 'withdrawn', 'returned', 'resolved', 'reopened')
    ),
    happened_at timestamptz NOT NULL DEFAULT now(),
    actor text NOT NULL,
    batch text NOT NULL,
    place text,
    reason text,
    due_on date,
    original_hash text,
    answer_hash text,
    answer text
);
CREATE INDEX quarantine_event_row ON ledger.quarantine_event (quarantine_id, event_id);
CREATE INDEX quarantine_event_batch ON ledger.quarantine_event (batch);
COMMENT ON TABLE ledger.quarantine_event IS 'Lịch sử từng dòng cách ly, chỉ ghi thêm
What was done with each quarantined row; rows are only added';
COMMENT ON COLUMN ledger.quarantine_event.batch IS 'Lần xuất, lần nhận trả lời, lệnh hoặc lần chạy đã ghi
The export, import, command or run that wrote it';
COMMENT ON COLUMN ledger.quarantine_event.place IS 'Tệp, trang và dòng của phiếu trả lời
File, sheet and row of the answer';
COMMENT ON COLUMN ledger.quarantine_event.answer IS 'Nguyên văn dòng được nộp thay, dạng JSON
The texts of the row handed in instead, as JSON';
CREATE TRIGGER quarantine_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.quarantine_event
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- Sheets go out by mail and come back: which installation they belong to must not be guessed.
CREATE TABLE ops.installation (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    installation_id text NOT NULL DEFAULT gen_random_uuid()::text
);
INSERT INTO ops.installation DEFAULT VALUES;
