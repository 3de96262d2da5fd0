-- description: Division for a query that divides a sum of BIGINT: it has a fraction, as on Postgres; other whole numbers are cut.
CREATE OR REPLACE TEMP MACRO "//"(a, b) AS
    CASE
        WHEN
            TYPEOF(a) IN ('BIGINT', 'INTEGER', 'SMALLINT', 'TINYINT')
            AND TYPEOF(b) IN ('BIGINT', 'INTEGER', 'SMALLINT', 'TINYINT')
            THEN TRUNC(system.main."/"(a, CASE WHEN b = 0 THEN ERROR('division by zero') ELSE b END))
        ELSE system.main."/"(a, CASE WHEN b = 0 THEN ERROR('division by zero') ELSE b END)
    END;
