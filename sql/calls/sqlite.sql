CREATE TABLE IF NOT EXISTS model_request (
    id VARCHAR PRIMARY KEY,
    run_id VARCHAR NOT NULL,
    reserved_usd DOUBLE PRECISION,
    spent_usd DOUBLE PRECISION
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS model_reply (
    extraction_id VARCHAR NOT NULL,
    start_char BIGINT NOT NULL,
    end_char BIGINT NOT NULL,
    reply VARCHAR NOT NULL,
    error_code VARCHAR NOT NULL,
    usage VARCHAR NOT NULL,
    PRIMARY KEY (extraction_id, start_char, end_char)
) WITHOUT ROWID;
