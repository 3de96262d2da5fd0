"""Write the rows of `sql/analytics/dim_country.sql`: the English names of countries, as CLDR has them.

`python -m docs.countries`
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale

FILE = Path(__file__).parents[1] / "sql" / "analytics" / "dim_country.sql"
CODE_CHARS = 2
NO_COUNTRY = {"EZ", "QO", "ZZ", "XA", "XB"}
"""CLDR's codes for what is left over or made for tests. The European Union votes; the United Nations have offices."""
_BEFORE, _AFTER = "    VALUES\n", "\n) AS c ("


def text() -> str:
    """The whole file, with the names of today's CLDR."""
    names = {
        code: name.replace("'", "''")
        for code, name in Locale.parse("en").territories.items()
        if len(code) == CODE_CHARS and code.isalpha() and code not in NO_COUNTRY
    }
    rows = ",\n".join(f"    ('{code}', '{name}')" for code, name in sorted(names.items()))
    before, _, rest = FILE.read_text(encoding="utf-8").partition(_BEFORE)
    return f"{before}{_BEFORE}{rows}{_AFTER}{rest.partition(_AFTER)[2]}"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
