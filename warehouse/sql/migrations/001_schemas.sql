-- The five schemas, closed to everyone but their owner; departments get their rights by name later.
CREATE SCHEMA staging;
CREATE SCHEMA candidate;
CREATE SCHEMA published;
CREATE SCHEMA ledger;

COMMENT ON SCHEMA ops IS 'Vận hành: lần chạy, lần giao, dữ liệu đang giữ
Operations: runs, deliveries, holdings';
COMMENT ON SCHEMA staging IS 'Dữ liệu nhận được, chờ kiểm tra
Rows received, waiting for their checks';
COMMENT ON SCHEMA candidate IS 'Bản phát hành dự kiến
The release candidate';
COMMENT ON SCHEMA published IS 'Dữ liệu đã công bố
What departments read';
COMMENT ON SCHEMA ledger IS 'Sổ: liên kết và lịch sử, quyết định, cách ly, nguồn gốc, mã định danh
The ledger: links and their history, verdicts, quarantine, lineage, entities';

REVOKE ALL ON SCHEMA ops, staging, candidate, published, ledger FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON TYPES FROM PUBLIC;

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
END
$$;
