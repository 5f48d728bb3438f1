-- What every run found of the quality of the rows held, and what every delivery looked like, so that the next can be
-- held against it. An empty unit stands for all units, an empty dataset for all datasets, an empty criterion for all.
CREATE TABLE ops.quality_rule (
    run_id text NOT NULL REFERENCES ops.run ON DELETE CASCADE,
    dataset text NOT NULL,
    unit text NOT NULL,
    rule text NOT NULL,
    checked bigint NOT NULL CHECK (checked >= 0),
    failed bigint NOT NULL CHECK (failed BETWEEN 0 AND checked),
    PRIMARY KEY (run_id, dataset, unit, rule)
);
COMMENT ON TABLE ops.quality_rule IS 'Số bản ghi kiểm tra và không đạt của từng quy tắc, mỗi lần chạy
Records checked and failed of each rule, every run; of units only the rules they break, for the last runs';

CREATE TABLE ops.quality_score (
    run_id text NOT NULL REFERENCES ops.run ON DELETE CASCADE,
    dataset text NOT NULL,
    unit text NOT NULL,
    criterion text NOT NULL,
    score double precision NOT NULL CHECK (score BETWEEN 0 AND 100),
    record_count bigint,
    to_fix_count bigint,
    PRIMARY KEY (run_id, dataset, unit, criterion)
);
COMMENT ON TABLE ops.quality_score IS 'Chỉ số chất lượng dữ liệu, mỗi lần chạy
Data-quality index as each run reckoned it';

CREATE TABLE ops.profile (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    delivery_id text NOT NULL,
    fingerprint text NOT NULL,
    source text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('full', 'delta')),
    dataset text NOT NULL,
    rows bigint NOT NULL CHECK (rows >= 0),
    profile jsonb NOT NULL,
    run_id text NOT NULL
);
CREATE INDEX profile_place ON ops.profile (source, dataset, kind, position DESC);
COMMENT ON TABLE ops.profile IS 'Số dòng và tỷ lệ của từng lần giao đã nhận, không có giá trị của ai
Rows and shares of each delivery taken in; counts only, no value of a person';
