"""The worked questions in `sql/questions/`: their names, what they ask, and the parameters that they take."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale
from babel.localedata import locale_identifiers

from polidex.database import SQL, header, view_order, view_text
from polidex.grants import ANALYTICS
from schema.errors import QueryError, UnknownQuestion

CODE_CHARS = 2


@dataclass(frozen=True)
class Parameter:
    """What a question can be asked about. `default` is the text that stands in when none is given."""

    name: str
    default: str
    description: str


@dataclass(frozen=True)
class Question:
    """A query with a name. `sql` has its parameters as `:name`; they are only ever bound, never written into it."""

    name: str
    description: str
    parameters: tuple[Parameter, ...]
    sql: str

    def values(self, given: Mapping[str, str] | None) -> dict[str, str]:
        """What to bind: what was given, else the defaults.

        Raises:
            UnknownQuestion: a parameter that the question does not have.
            QueryError: the value of one that is a whole number is none: databases round or refuse it.
        """
        names = [parameter.name for parameter in self.parameters]
        if unknown := sorted(set(given or {}) - set(names)):
            known = f"It takes: {', '.join(names)}." if names else "It takes none."
            raise UnknownQuestion(f"`{self.name}` has no parameter {', '.join(unknown)}.", hint=known)
        values = {parameter.name: (given or {}).get(parameter.name, parameter.default) for parameter in self.parameters}
        for name in re.findall(r":(\w+) AS VARCHAR\)(?:, ''\))? AS INTEGER\)", self.sql):
            if not re.fullmatch(r"\s*-?\d{0,9}\s*", values[name], re.ASCII):
                raise QueryError(f"`{values[name]}` is no whole number.", hint=f"{name} takes one, or nothing.")
        if "country" in values:
            values["country_code"] = country_code(values["country"])
        return {name: value for name, value in values.items() if re.search(rf":{name}\b", self.sql)}


def questions() -> list[Question]:
    """Every question, then every view as the question for all of its rows, in the order of their names."""
    asked = [_read(file.stem, file.read_text(encoding="utf-8")) for file in sorted((SQL / "questions").glob("*.sql"))]
    views = [
        Question(name, header(view_text(name), "description")[0], (), sql)
        for name, sql in ((name, f"SELECT * FROM {name}") for name in sorted(view_order()))
    ]
    return asked + views


def find(name: str) -> Question:
    """The question of that name.

    Raises:
        UnknownQuestion: there is none; the message lists those there are, close matches first.
    """
    known = {question.name: question for question in questions()}
    wanted = name.lower().replace("-", "_")
    if question := known.get(wanted) or known.get(f"{ANALYTICS}.{wanted}"):
        return question
    close = difflib.get_close_matches(name.lower(), known, n=3, cutoff=0.5)
    others = [each for each in known if each not in close]
    raise UnknownQuestion(
        f"`{name}` is neither SQL nor the name of a question.", hint=f"Questions: {', '.join(close + others)}."
    )


def country_code(country: str) -> str:
    """The ISO 3166-1 code of a country named in any language, by CLDR; what is no such name is given back as it is."""
    wanted = country.strip().casefold()
    if len(wanted) <= CODE_CHARS:
        return country.strip().upper()
    # English first: the others take a second to read, and are needed only when it is not English.
    for language in ["en", *(each for each in locale_identifiers() if "_" not in each and each != "en")]:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == CODE_CHARS and code.isalpha() and name.casefold() == wanted:
                return str(code)
    return country


def _read(name: str, text: str) -> Question:
    parameters = []
    for line in header(text, "parameter"):
        declared, _, description = line.partition("--")
        parameter, _, default = declared.partition("=")
        parameters.append(Parameter(parameter.strip(), default.strip(), description.strip()))
    return Question(name, header(text, "description")[0], tuple(parameters), text)
