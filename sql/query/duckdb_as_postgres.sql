-- description: What Postgres means by operators that DuckDB has another meaning for: made anew for each query on DuckDB.

-- A zero below the line is an error, no NULL and no infinity. For a sum of BIGINT and a whole number Postgres gives a
-- fraction and DuckDB none: that is refused here, and asked again with `duckdb_divides_sums` where it is sure what is summed.
CREATE TEMP MACRO "//"(a, b) AS
    divide(
        CASE
            WHEN
                'HUGEINT' IN (TYPEOF(a), TYPEOF(b))
                AND TYPEOF(a) NOT IN ('DOUBLE', 'FLOAT') AND TYPEOF(a) NOT LIKE 'DECIMAL%'
                AND TYPEOF(b) NOT IN ('DOUBLE', 'FLOAT') AND TYPEOF(b) NOT LIKE 'DECIMAL%'
                THEN ERROR('a SUM is divided: write 1.0 * SUM(...) / ... for a fraction')
            ELSE a
        END,
        CASE WHEN b = 0 THEN ERROR('division by zero') ELSE b END
    );

CREATE TEMP MACRO "%"(a, b) AS system.main."%"(a, CASE WHEN b = 0 THEN ERROR('division by zero') ELSE b END);
CREATE TEMP MACRO mod(a, b) AS system.main."%"(a, CASE WHEN b = 0 THEN ERROR('division by zero') ELSE b END);

-- A backslash takes the meaning from the next sign of a pattern.
CREATE TEMP MACRO "~~"(a, b) AS
    CASE WHEN CONTAINS(b, '\') THEN LIKE_ESCAPE(a, b, '\') ELSE system.main."~~"(a, b) END;
CREATE TEMP MACRO "!~~"(a, b) AS
    CASE WHEN CONTAINS(b, '\') THEN NOT_LIKE_ESCAPE(a, b, '\') ELSE system.main."!~~"(a, b) END;
CREATE TEMP MACRO "~~*"(a, b) AS
    CASE WHEN CONTAINS(b, '\') THEN ILIKE_ESCAPE(a, b, '\') ELSE system.main."~~*"(a, b) END;
CREATE TEMP MACRO "!~~*"(a, b) AS
    CASE WHEN CONTAINS(b, '\') THEN NOT_ILIKE_ESCAPE(a, b, '\') ELSE system.main."!~~*"(a, b) END;

-- `~` stays: it looks at the whole text, and SIMILAR TO is the same function.
CREATE TEMP MACRO "~*"(a, b) AS REGEXP_MATCHES(a, b, 'i');
CREATE TEMP MACRO "!~*"(a, b) AS NOT REGEXP_MATCHES(a, b, 'i');

-- A DOUBLE halfway between two whole numbers becomes the even one, a DECIMAL the one further from zero.
CREATE TEMP MACRO round(x) AS
    system.main.round(x)
    - CASE
        WHEN TYPEOF(x) IN ('DOUBLE', 'FLOAT') AND ABS(x - TRUNC(x)) = 0.5 AND system.main."%"(system.main.round(x), 2) <> 0
            THEN SIGN(x)
        ELSE 0
    END,
    (x, digits) AS system.main.round(x, digits);
