-- Links in two times, ids of all who occur, forwarding with history, and what speaks against verdicts.

-- Ids are keyed hashes: without the key nobody finds a citizen's number by hashing all numbers there are. The key is
-- part of what "same in, same out" starts from; it goes with every dump of this database.
CREATE TABLE ops.identity_key (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    secret bytea NOT NULL CHECK (length(secret) = 32)
);
COMMENT ON TABLE ops.identity_key IS 'Khóa bí mật của mã người và mã doanh nghiệp: giữ kín, sao lưu cùng cơ sở dữ liệu
The secret key of person and enterprise ids: keep it closed, back it up with the database';
INSERT INTO ops.identity_key (secret)
VALUES (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

ALTER TABLE ledger.link
    ADD COLUMN about_on date,
    ADD COLUMN local_id text,
    ADD COLUMN entity_id text,
    ADD COLUMN decider text CHECK (decider IN ('model', 'steward')),
    ADD COLUMN decided_by text,
    ADD COLUMN recorded_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN ended_at timestamptz,
    ADD COLUMN refreshed_at timestamptz;
CREATE INDEX link_ended ON ledger.link (valid_to_release) WHERE valid_to_release IS NOT NULL;

-- What was decided before this migration: by its model or by a steward, when the run that published it had ended.
UPDATE ledger.link AS l
SET decider = CASE WHEN l.reason IN ('decided_by_steward', 'steward_conflict') THEN 'steward' ELSE 'model' END,
    decided_by = CASE WHEN l.reason IN ('decided_by_steward', 'steward_conflict') THEN (
        SELECT string_agg(DISTINCT v.steward, ', ') FROM ledger.verdict AS v
        WHERE v.record_id = l.record_id AND v.role = l.role
    ) ELSE l.model END,
    recorded_at = coalesce((SELECT r.finished_at FROM ops.run AS r WHERE r.run_id = l.run_id), now()),
    ended_at = CASE WHEN l.valid_to_release IS NOT NULL THEN coalesce((
        SELECT min(r.finished_at) FROM ops.run AS r WHERE r.release = l.valid_to_release AND r.status = 'published'
    ), now()) END;

COMMENT ON TABLE ledger.link IS 'Liên kết theo hai trục thời gian: ngày bản ghi nói tới, và lúc ta tin như vậy
Links in two times: the day the record speaks of, and when we believed so';
COMMENT ON COLUMN ledger.link.about_on IS 'Ngày mà bản ghi nói tới (tiếp nhận, đăng ký, sự kiện)
Day the record speaks of (received, registered, happened); empty if it tells none';
COMMENT ON COLUMN ledger.link.local_id IS 'Mã của người được nêu khi chưa nối
Id of whom the record names as long as it is not linked; empty if it names nobody';
COMMENT ON COLUMN ledger.link.entity_id IS 'Mã của người được nêu lúc ấy
Id of whom the record was taken to name: that of the register where linked, else its own';
COMMENT ON COLUMN ledger.link.decider IS 'Máy (model) hay cán bộ (steward) quyết định
Whether a model or a steward decided';
COMMENT ON COLUMN ledger.link.decided_by IS 'Mô hình hoặc cán bộ đã quyết định
The model, or the steward, that decided';
COMMENT ON COLUMN ledger.link.weight IS 'Trọng số mới nhất (bit); trọng số ban đầu ở ledger.first_figures
The latest weight in bits; that of the beginning, where it differs, is in ledger.first_figures';
COMMENT ON COLUMN ledger.link.recorded_at IS 'Lúc liên kết được công bố
When the link was published';
COMMENT ON COLUMN ledger.link.ended_at IS 'Lúc liên kết hết được tin
When the link was believed no more; empty while it is';
COMMENT ON COLUMN ledger.link.refreshed_at IS 'Lúc các con số đổi lần cuối mà quyết định không đổi
When its figures last moved without another decision; empty if they never did';

-- A decision's figures when it began. Only of those that moved since: weights move with each register, a little.
CREATE TABLE ledger.first_figures (
    record_id text NOT NULL,
    role text NOT NULL,
    valid_from_release integer NOT NULL,
    weight double precision,
    runner_up_weight double precision,
    evidence text,
    PRIMARY KEY (record_id, role, valid_from_release)
);
COMMENT ON TABLE ledger.first_figures IS 'Trọng số và bằng chứng lúc liên kết bắt đầu, nếu sau đó có đổi
Weight and evidence with which a link began, where they moved since';

ALTER TABLE ledger.entity ALTER COLUMN reference_id DROP NOT NULL;
ALTER TABLE ledger.entity ADD COLUMN recorded_at timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE ledger.entity ALTER COLUMN recorded_at SET DEFAULT now();
COMMENT ON TABLE ledger.entity IS 'Mọi mã người và doanh nghiệp đã cấp; không bao giờ xóa
Every id of a person or enterprise ever given; none is ever deleted';
COMMENT ON COLUMN ledger.entity.reference_id IS 'Khóa trong sổ gốc; để trống nếu chỉ có trong dữ liệu địa phương
Key in the register; empty for who is known from local records only';
COMMENT ON COLUMN ledger.entity.recorded_at IS 'Lúc mã được cấp
When the id was given';

CREATE TABLE ledger.forwarding (
    entity_id text NOT NULL REFERENCES ledger.entity DEFERRABLE INITIALLY DEFERRED,
    successor_id text NOT NULL REFERENCES ledger.entity DEFERRABLE INITIALLY DEFERRED,
    from_release integer NOT NULL,
    to_release integer CHECK (to_release > from_release),
    recorded_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    CHECK (successor_id <> entity_id),
    PRIMARY KEY (entity_id, from_release)
);
CREATE UNIQUE INDEX forwarding_current ON ledger.forwarding (entity_id) WHERE to_release IS NULL;
COMMENT ON TABLE ledger.forwarding IS 'Mã nào chuyển sang mã nào, từ bao giờ đến bao giờ
Which id forwards to which, from when to when';
COMMENT ON COLUMN ledger.forwarding.to_release IS 'Bản phát hành đầu tiên không còn chuyển
First release in which it forwards no more; empty while it does';

INSERT INTO ledger.forwarding (entity_id, successor_id, from_release, recorded_at)
SELECT e.entity_id, e.successor_id, 0, '-infinity' FROM ledger.entity AS e WHERE e.successor_id IS NOT NULL;

-- Ids of before were plain hashes. They forward to the keyed ones: HMAC-SHA256, as warehouse/identity.py makes them.
DO $$
DECLARE
    padded bytea := (SELECT k.secret FROM ops.identity_key AS k) || decode(repeat('00', 32), 'hex');
    inward bytea := padded;
    outward bytea := padded;
BEGIN
    FOR place IN 0..63 LOOP
        inward := set_byte(inward, place, get_byte(padded, place) # 54);
        outward := set_byte(outward, place, get_byte(padded, place) # 92);
    END LOOP;
    CREATE TEMPORARY TABLE keyed ON COMMIT DROP AS
    SELECT e.entity_id AS former_id, e.kind, e.reference_id,
           left(e.entity_id, 1) || left(encode(
               sha256(outward || sha256(inward || convert_to(e.kind || ':' || e.reference_id, 'UTF8'))), 'hex'
           ), 20) AS entity_id
    FROM ledger.entity AS e WHERE e.successor_id IS NULL;
    INSERT INTO ledger.entity (entity_id, kind, reference_id) SELECT k.entity_id, k.kind, k.reference_id FROM keyed AS k;
    INSERT INTO ledger.forwarding (entity_id, successor_id, from_release)
    SELECT k.former_id, k.entity_id, 0 FROM keyed AS k;
    UPDATE ledger.link AS l SET entity_id = k.former_id
    FROM keyed AS k WHERE l.status = 'linked' AND l.reference_id = k.reference_id
      AND k.kind = CASE l.reference WHEN 'population' THEN 'person' ELSE 'enterprise' END;
END
$$;

-- A table with checks pending cannot be altered.
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE ledger.entity DROP COLUMN successor_id;

CREATE OR REPLACE FUNCTION ledger.resolve(entity_id text) RETURNS text LANGUAGE sql STABLE AS $$
    WITH RECURSIVE forward AS (
        SELECT e.entity_id AS id, 0 AS step FROM ledger.entity AS e WHERE e.entity_id = $1
        UNION ALL
        SELECT n.successor_id, f.step + 1 FROM forward AS f JOIN ledger.forwarding AS n ON n.entity_id = f.id
        WHERE n.to_release IS NULL
    ) CYCLE id SET is_cycle USING path
    SELECT f.id FROM forward AS f ORDER BY f.step DESC LIMIT 1
$$;

CREATE FUNCTION ledger.resolve(entity_id text, as_of timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    WITH RECURSIVE forward AS (
        SELECT e.entity_id AS id, 0 AS step FROM ledger.entity AS e WHERE e.entity_id = $1 AND e.recorded_at <= $2
        UNION ALL
        SELECT n.successor_id, f.step + 1 FROM forward AS f JOIN ledger.forwarding AS n ON n.entity_id = f.id
        WHERE n.recorded_at <= $2 AND coalesce(n.ended_at > $2, true)
    ) CYCLE id SET is_cycle USING path
    SELECT f.id FROM forward AS f ORDER BY f.step DESC LIMIT 1
$$;
COMMENT ON FUNCTION ledger.resolve(text, timestamptz) IS 'Mã của một người hay doanh nghiệp vào một thời điểm
The id a person or enterprise had at a moment: follows forwarding; empty for an id not given by then';

CREATE FUNCTION ledger.resolve_in_release(entity_id text, release integer) RETURNS text
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE forward AS (
        SELECT e.entity_id AS id, 0 AS step FROM ledger.entity AS e WHERE e.entity_id = $1
        UNION ALL
        SELECT n.successor_id, f.step + 1 FROM forward AS f JOIN ledger.forwarding AS n ON n.entity_id = f.id
        WHERE n.from_release <= $2 AND coalesce(n.to_release > $2, true)
    ) CYCLE id SET is_cycle USING path
    SELECT f.id FROM forward AS f ORDER BY f.step DESC LIMIT 1
$$;
COMMENT ON FUNCTION ledger.resolve_in_release(text, integer) IS 'Mã của một người hay doanh nghiệp trong một bản phát hành
The id a person or enterprise had in a release';

CREATE VIEW ledger.resolved AS
WITH RECURSIVE forward AS (
    SELECT f.entity_id, f.successor_id FROM ledger.forwarding AS f WHERE f.to_release IS NULL
    UNION
    SELECT f.entity_id, n.successor_id
    FROM forward AS f JOIN ledger.forwarding AS n ON n.entity_id = f.successor_id
    WHERE n.to_release IS NULL
)
SELECT e.entity_id, coalesce(last.successor_id, e.entity_id) AS current_id
FROM ledger.entity AS e
LEFT JOIN (
    SELECT f.entity_id, f.successor_id FROM forward AS f
    WHERE NOT EXISTS (
        SELECT FROM ledger.forwarding AS n WHERE n.entity_id = f.successor_id AND n.to_release IS NULL
    )
) AS last USING (entity_id);
COMMENT ON VIEW ledger.resolved IS 'Mọi mã đã cấp cùng mã hiện hành, để nối bảng
Every id ever given with the id it is now, to join by: ledger.resolve of all at once';

CREATE FUNCTION ledger.links_at(believed_on timestamptz DEFAULT now(), about date DEFAULT NULL)
RETURNS TABLE (
    dataset text, record_id text, role text, about_on date, status text, reason text, entity_id text, reference text,
    reference_id text, decider text, decided_by text, model text, weight double precision,
    runner_up_weight double precision, evidence text, release integer
) LANGUAGE sql STABLE AS $$
    SELECT l.dataset, l.record_id, l.role, l.about_on, l.status, l.reason, l.entity_id, l.reference, l.reference_id,
           l.decider, l.decided_by, l.model,
           CASE WHEN is_first THEN f.weight ELSE l.weight END,
           CASE WHEN is_first THEN f.runner_up_weight ELSE l.runner_up_weight END,
           CASE WHEN is_first THEN f.evidence ELSE l.evidence END,
           l.valid_from_release
    FROM ledger.link AS l
    LEFT JOIN ledger.first_figures AS f USING (record_id, role, valid_from_release)
    CROSS JOIN LATERAL (SELECT coalesce(l.refreshed_at > $1, false) AS is_first) AS asked
    WHERE l.recorded_at <= $1 AND coalesce(l.ended_at > $1, true) AND ($2 IS NULL OR l.about_on <= $2)
$$;
COMMENT ON FUNCTION ledger.links_at(timestamptz, date) IS 'Các liên kết được tin vào một thời điểm, về những bản ghi nói tới ngày đã cho trở về trước
The links believed at a moment, of records that speak of a day or an earlier one; without a day, of all records';

CREATE FUNCTION ledger.believed(record_id text, role text)
RETURNS TABLE (
    from_release integer, to_release integer, recorded_at timestamptz, ended_at timestamptz, about_on date,
    status text, reason text, entity_id text, reference text, reference_id text, decider text, decided_by text,
    model text, first_weight double precision, first_evidence text, weight double precision, evidence text,
    refreshed_at timestamptz
) LANGUAGE sql STABLE AS $$
    SELECT l.valid_from_release, l.valid_to_release, l.recorded_at, l.ended_at, l.about_on, l.status, l.reason,
           l.entity_id, l.reference, l.reference_id, l.decider, l.decided_by, l.model,
           CASE WHEN l.refreshed_at IS NULL THEN l.weight ELSE f.weight END,
           CASE WHEN l.refreshed_at IS NULL THEN l.evidence ELSE f.evidence END,
           l.weight, l.evidence, l.refreshed_at
    FROM ledger.link AS l
    LEFT JOIN ledger.first_figures AS f USING (record_id, role, valid_from_release)
    WHERE l.record_id = $1 AND l.role = $2
    ORDER BY l.valid_from_release
$$;
COMMENT ON FUNCTION ledger.believed(text, text) IS 'Lịch sử một vai trò của một bản ghi: đã tin gì, từ bao giờ, ai quyết định, bằng chứng nào
The history of a record''s role: what was believed, from when, who decided, on what evidence';

CREATE TABLE ledger.flag (
    flag_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    record_id text NOT NULL,
    role text NOT NULL,
    reference text NOT NULL,
    reference_id text,
    verdict text NOT NULL CHECK (verdict IN ('same', 'different', 'not_in_register')),
    kind text NOT NULL,
    other_id text,
    odds double precision,
    evidence text,
    raised_at timestamptz NOT NULL DEFAULT now(),
    run_id text NOT NULL,
    closed_at timestamptz,
    closed_as text CHECK (closed_as IN ('gone', 'answered')),
    CHECK ((closed_at IS NULL) = (closed_as IS NULL))
);
CREATE INDEX flag_record ON ledger.flag (record_id, role);
COMMENT ON TABLE ledger.flag IS 'Cờ: điều máy thấy trái với quyết định của cán bộ; quyết định vẫn giữ nguyên
Flags: what the engine sees against a steward''s verdict, which stands all the same';
COMMENT ON COLUMN ledger.flag.kind IS 'Trái thế nào, theo danh sách đóng
What speaks against it, from a closed list';
COMMENT ON COLUMN ledger.flag.other_id IS 'Mục mà máy sẽ nối
The entry that the engine would link instead, if any';
COMMENT ON COLUMN ledger.flag.closed_as IS 'gone: điều trái không còn; answered: cán bộ đã quyết định lại
gone: nothing speaks against it any more; answered: a steward decided anew';

CREATE VIEW ledger.open_flag AS
SELECT f.flag_id, f.record_id, f.role, f.verdict, f.reference, f.reference_id, f.kind, f.other_id, f.odds, f.evidence,
       f.raised_at, f.run_id
FROM ledger.flag AS f WHERE f.closed_at IS NULL;
COMMENT ON VIEW ledger.open_flag IS 'Các cờ chờ cán bộ xem
Flags that wait for a steward';

REVOKE ALL ON FUNCTION ledger.resolve(text, timestamptz), ledger.resolve_in_release(text, integer),
    ledger.links_at(timestamptz, date), ledger.believed(text, text) FROM PUBLIC;
