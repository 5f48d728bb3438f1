-- Tickets to the sources: one a difference that an office is asked to repair, their events, and the board that shows both.
CREATE TABLE ledger.ticket_term (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    verify_days integer NOT NULL CHECK (verify_days > 0),
    repair_days integer NOT NULL CHECK (repair_days > 0),
    least_gravity smallint NOT NULL CHECK (least_gravity BETWEEN 1 AND 4)
);
INSERT INTO ledger.ticket_term (verify_days, repair_days, least_gravity) VALUES (5, 5, 2);
COMMENT ON TABLE ledger.ticket_term IS 'Thời hạn của phiếu và mức sai lệch phải sửa, theo cấu hình của lần chạy gần nhất
Terms of tickets and the gravity from which a difference is repaired, as the last run was configured';

CREATE TABLE ledger.ticket (
    ticket_id text PRIMARY KEY,
    discrepancy_id text NOT NULL UNIQUE,
    dataset text NOT NULL,
    record_id text NOT NULL,
    role text NOT NULL,
    field text NOT NULL,
    kind text NOT NULL,
    gravity smallint NOT NULL,
    reference text NOT NULL,
    reference_id text NOT NULL,
    office text NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'notified', 'answered', 'closed')),
    answer text CHECK (answer IN ('will_fix', 'fixed', 'contested', 'not_ours')),
    outcome text CHECK (outcome IN ('agrees', 'withdrawn', 'contested', 'not_ours', 'by_hand')),
    is_standing boolean NOT NULL,
    opened_release integer NOT NULL,
    opened_at timestamptz NOT NULL,
    verify_by date NOT NULL,
    due_on date NOT NULL,
    closed_release integer,
    closed_at timestamptz,
    reopened_count integer NOT NULL DEFAULT 0 CHECK (reopened_count >= 0),
    CHECK ((state = 'closed') = (outcome IS NOT NULL)),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CHECK (closed_at >= opened_at)
);
CREATE INDEX ticket_office ON ledger.ticket (office) WHERE state <> 'closed';
CREATE INDEX ticket_record ON ledger.ticket (record_id, role);
COMMENT ON TABLE ledger.ticket IS 'Phiếu yêu cầu sửa sai lệch, gửi cơ quan chủ quản giá trị; hai giá trị nằm ở published.discrepancy
Tickets that ask the office that owns a value to repair it; the two values stand in published.discrepancy';
COMMENT ON COLUMN ledger.ticket.is_standing IS 'Lần công bố gần nhất có còn sai lệch không
Whether the last publication still had the difference';
COMMENT ON COLUMN ledger.ticket.opened_at IS 'Lúc mở, hoặc mở lại lần cuối
When it was opened, or last reopened';

CREATE TABLE ledger.ticket_event (
    event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket_id text NOT NULL REFERENCES ledger.ticket,
    event text NOT NULL CHECK (event IN ('opened', 'notified', 'answered', 'closed', 'reopened', 'moved')),
    at timestamptz NOT NULL,
    release integer,
    office text NOT NULL,
    answer text,
    outcome text,
    actor text NOT NULL,
    note text
);
CREATE INDEX ticket_event_ticket ON ledger.ticket_event (ticket_id, event_id);
CREATE INDEX ticket_event_at ON ledger.ticket_event (at DESC);
CREATE TRIGGER ticket_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.ticket_event
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- The clock of tickets never runs back, whatever the machine's does: no ticket closes before it was opened.
CREATE FUNCTION ledger.ticket_clock(now timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT greatest($1, (SELECT max(e.at) FROM ledger.ticket_event AS e))
$$;
REVOKE ALL ON FUNCTION ledger.ticket_clock(timestamptz) FROM PUBLIC;

-- Without the two values: whoever may see those joins published.discrepancy by discrepancy_id.
CREATE VIEW ledger.ticket_board AS
SELECT t.ticket_id, t.office, t.state, t.answer, t.outcome, t.dataset, t.record_id, t.role, t.field, t.kind, t.gravity,
       t.discrepancy_id, t.opened_release, t.opened_at, t.verify_by, t.due_on,
       t.state <> 'closed' AND day.today > CASE WHEN t.state = 'answered' THEN t.due_on ELSE t.verify_by END AS is_overdue,
       t.reopened_count, t.closed_release, t.closed_at, l.delivery_id, l.file, l."row"
FROM ledger.ticket AS t
CROSS JOIN (SELECT (ledger.ticket_clock(now()) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS today) AS day
LEFT JOIN ledger.lineage AS l ON l.record_id = t.record_id;
COMMENT ON VIEW ledger.ticket_board IS 'Bảng theo dõi phiếu: cơ quan, trạng thái, thời hạn, tệp và dòng nguồn
Board of tickets: office, state, terms, source file and row';
COMMENT ON COLUMN ledger.ticket_board.is_overdue IS 'Quá hạn xác minh mà chưa trả lời, hoặc đã trả lời mà quá hạn sửa
Not answered by the day to verify, or answered and not repaired by the day due';
