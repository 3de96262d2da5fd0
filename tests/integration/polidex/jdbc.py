"""What a tool on the JVM sees of a Postgres, as JSON: a process of its own, for a JVM takes over the signals of one.

python jdbc.py LIBJVM JAR JDBC-URL USER PASSWORD QUERY...
"""

from __future__ import annotations

import json
import sys
from typing import Any

import jpype

SCHEMAS = ("public", "analytics")


def rows(found: Any) -> list[dict[str, Any]]:
    """The rows of a java.sql.ResultSet."""
    about = found.getMetaData()
    names = [str(about.getColumnLabel(number + 1)) for number in range(about.getColumnCount())]
    told = []
    while found.next():
        told.append({name: plain(found.getObject(number + 1)) for number, name in enumerate(names)})
    return told


def described(found: Any) -> list[dict[str, Any]]:
    """The rows of metadata, whose columns JDBC finds in any case."""
    return [{name.upper(): value for name, value in row.items()} for row in rows(found)]


def plain(value: Any) -> Any:
    """A value of Java as JSON has it; dates and moments as text."""
    if value is None:
        return None
    kind = value.getClass().getSimpleName() if hasattr(value, "getClass") else type(value).__name__
    match kind:
        case "Integer" | "Long" | "Short":
            return int(value)
        case "Double" | "Float" | "BigDecimal":
            return float(str(value))
        case "Boolean":
            return bool(value)
    return str(value)


def main(machine: str, jar: str, address: str, user: str, password: str, *queries: str) -> None:
    jpype.startJVM(machine, "-Xshare:auto", "-XX:TieredStopAtLevel=1", classpath=[jar])
    connection = jpype.JClass("java.sql.DriverManager").getConnection(address, user, password)
    about = connection.getMetaData()
    kinds = jpype.JString[:](["TABLE", "VIEW"])
    tables = [table for schema in SCHEMAS for table in described(about.getTables(None, schema, "%", kinds))]
    keys = [(table["TABLE_SCHEM"], table["TABLE_NAME"]) for table in tables if table["TABLE_TYPE"] == "TABLE"]
    print(
        json.dumps(
            {
                "schemas": described(about.getSchemas()),
                "tables": tables,
                "columns": [each for schema in SCHEMAS for each in described(about.getColumns(None, schema, "%", "%"))],
                "primary_keys": [each for key in keys for each in described(about.getPrimaryKeys(None, *key))],
                "imported_keys": [each for key in keys for each in described(about.getImportedKeys(None, *key))],
                "answers": [rows(connection.createStatement().executeQuery(query)) for query in queries],
            }
        )
    )
    connection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
