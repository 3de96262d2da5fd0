"""Rows on which databases like to differ: names of every script, ties, dates far away or unknown, odd numbers."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

from tests.integration.polidex.stored import BASE, Short, rows

CASES = Path(__file__).parent / "views"

# The order by code point is not that of any language; one is a part of another, one differs by its case alone.
NAMES = (
    "Zoë Ångström", "zoë ångström", "ZOE", "Жанна Ёлкина", "ЖАННА ЁЛКИНА", "Ещё Один", "Σοφία Παπάς", "ΣΟΦΊΑ ΠΑΠΆΣ",
    "محمد العربي", "  leading spaces", "trailing  ", "😀 Emoji", "O'Neil; DROP", "a_b%c", "a\\b", "Straße",
    "İlham Iğdır", "ﬁ ligature", "Müller", "Mu\u0308ller", "—dash", "10", "9", "=1+1", "a\u00a0b", "李雷", "Ada Moro",
)  # fmt: skip
DATES = (
    ("", None, None),
    ("2019", "2019-01-01", "2019-12-31"),
    ("2019-03", "2019-03-01", "2019-03-31"),
    ("2019-03-05", "2019-03-05", "2019-03-05"),
    ("../2019", None, "2019-12-31"),
    ("2019/..", "2019-01-01", None),
    ("1899-12", "1899-12-01", "1899-12-31"),
    ("2020-02-29", "2020-02-29", "2020-02-29"),
)
ENDS = (DATES[0], DATES[5], ("2021", "2021-01-01", "2021-12-31"))
FAR = (("0001-01-01", "0001-01-01", "0001-01-01"), ("9999", "9999-01-01", "9999-12-31"))
SHARES = (0.1 + 0.2, 2.5, 62.5, 61.53, 1 / 3, 100.0, 0.0, None)
VOTES = (9_007_199_254_740_993, 9_007_199_254_740_993, 4_611_686_018_427_387_903, 0, 7, None)


def dated(name: str, date: tuple[str, str | None, str | None]) -> dict[str, Any]:
    return {f"{name}_edtf": date[0] or None, f"{name}_earliest": date[1], f"{name}_latest": date[2]}


def nasty() -> Short:
    people = [
        {
            "id": f"np{number:02}",
            "name": name,
            "country": ("KZ", None, "ee", "EE")[number % 4],
            "given_name": "" if number % 3 else None,
            **dated("birth_date", (*DATES, *FAR)[number % 10]),
        }
        for number, name in enumerate(NAMES)
    ]
    bodies = [
        {"id": f"no{number}", "name": name, "country": (None, "KZ")[number % 2], "classification": "party"}
        for number, name in enumerate(NAMES[3:12])
    ]
    posts = [
        {"id": f"nf{number}", "name": name, "organization_id": body, "country": country, "role": role}
        for number, (name, body, country, role) in enumerate(
            (
                ("Премьер-министр", "no0", "KZ", "head_of_government"),
                ("премьер-министр", None, "KZ", "head_of_government"),
                ("Πρωθυπουργός", "no3", None, "head_of_government"),
                ("Prime Minister", "no1", "EE", "head_of_government"),
                ("prime minister", None, None, "other"),
                ("Élue", "no2", "FR", "legislator"),
            )
        )
    ]
    spells = [
        {
            "id": f"nt{number:03}",
            "person_id": f"np{number % 9:02}",
            "office_id": f"nf{number % 6}",
            "party_id": f"no{number % 7}" if number % 3 else None,
            "status": ("current", "ended", "unknown", "planned")[number % 4],
            "acting": (None, True, False)[number % 3],
            **dated("start", start),
            **dated("end", end),
        }
        # No end before its start.
        for number, (start, end) in enumerate(product(DATES[:6], ENDS))
    ]
    said = [
        {
            "id": f"ns{number:02}",
            "document_version_id": f"v{1 + number % 2}",
            "speaker_id": f"np{number % 5:02}" if number % 4 else None,
            "speaker_surface": NAMES[number % len(NAMES)],
            "text": f"{NAMES[(number + 3) % len(NAMES)]}\n“so it is”\t{number % 3}",
            "topics": (None, "", "Бюджет; налоги", "ΦΌΡΟΣ", "tax; Tax")[number % 5],
            **dated("date", (*DATES, FAR[1])[number % 9]),
        }
        for number in range(20)
    ]
    return {
        "person": people,
        "person_name": [
            {"id": f"nn{number}", "person_id": f"np{number % 7:02}", "name": name, "kind": "transliteration"}
            for number, name in enumerate((*NAMES, *NAMES[:5]))
        ],
        "organization": bodies,
        "office": posts,
        "tenure": spells,
        "statement": said,
        **_votes(),
        **_reforms(),
        **_runs(),
        "fact": [
            {"of": "tenure", "id": spell["id"], "field": field, "value": value, "version": f"v{1 + number % 2}"}
            for number, spell in enumerate(spells)
            for field, value in (("status", "current"), ("constituency", NAMES[number % len(NAMES)]))
        ],
    }


def _votes() -> Short:
    elections = [
        {
            "id": f"ne{number}",
            "type": ("presidential", "parliamentary", "referendum")[number % 3],
            "country": ("KZ", "KZ", None)[number // 2 % 3],
            "turnout_pct": SHARES[number % len(SHARES)],
            "seats_total": (None, 98, 107)[number % 3],
            "round": (None, 1)[number % 2],
            "early": (None, True, False)[number % 3],
            **dated("date", (*DATES, *FAR)[number]),
        }
        for number in range(10)
    ]
    results = [
        {
            "id": f"nr{number:02}{round_ or 0}",
            "election_id": f"ne{number % 6}",
            "round": round_,
            "person_id": f"np{number:02}" if number % 3 == 0 else None,
            "party_id": f"no{number % 9}" if number % 3 == 1 else None,
            "option": NAMES[number] if number % 3 == 2 else None,
            "votes": VOTES[number % len(VOTES)],
            "vote_share_pct": (0.1 + 0.2, 2.5, 2.5, 1 / 3, None)[number % 5],
            "seats": (None, 7, 2, 2)[number % 4],
            "won": (None, True, False)[number % 3],
        }
        for number, round_ in product(range(24), (None, 1, 2))
    ]
    return {"election": elections, "election_result": results}


def _reforms() -> Short:
    stages = ("announced", "proposed", "submitted", "adopted", "signed", "in_force", "rejected", "repealed", None)
    return {
        "reform": [
            {
                "id": f"nm{number:02}",
                "title": name,
                "country": ("KZ", None)[number % 2],
                "current_status": stages[number % 9],
            }
            for number, name in enumerate((*NAMES[:12], "Same title", "Same title"))
        ],
        "reform_measure": [
            {
                "id": f"nmm{number}",
                "reform_id": f"nm{number % 4:02}",
                "description": name,
                "value_old": ("7", "1,000", "-2.5", "seven", None, "1e3", " 5", "٣")[number],
                "value_new": "5",
            }
            for number, name in enumerate(NAMES[:8])
        ],
        "reform_event": [
            {
                "id": f"nv{number:02}",
                "reform_id": f"nm{number % 5:02}",
                "status": stages[number % 8],
                "actor_id": (None, "np03", "no1")[number % 3],
                **dated("date", DATES[number % len(DATES)]),
            }
            for number in range(17)
        ],
    }


def _runs() -> Short:
    runs = [
        {
            "id": f"nrun{number}",
            "status": "finished",
            "started_at": "2020-06-01T23:59:59.999999+00:00" if number < 3 else "2020-12-31T22:00:00-05:00",
            "finished_at": "2020-06-02T00:00:00.100000+00:00" if number % 2 else None,
        }
        for number in range(12)
    ]
    readings = [
        {
            "id": f"nx{number:02}",
            "document_version_id": f"v{1 + number % 2}",
            "run_id": f"nrun{number % 4}",
            "model": ("small", "Small", "модель", None)[number % 4],
            "tokens_in": 9_007_199_254_740_993,
            "seconds": (0.1, 0.2, 0.3, 1e-7)[number % 4],
            "cost_usd": (0.1, 0.2, 0.7, None)[number % 4] if number % 3 else 1e-5,
            "extractor": "people",
        }
        for number in range(5)
    ]
    refused = [
        {
            "id": f"nq{number:02}",
            "extraction_id": f"nx{number % 5:02}",
            "record_type": (None, "person", "tenure")[number % 3],
            "reason": ("invalid_item", "quote_not_found")[number % 2],
            "detail": NAMES[number],
        }
        for number in range(20)
    ]
    return {"extraction_run": runs, "extraction": readings, "quarantine": refused}


def cases_of_views() -> list[dict[str, list[dict[str, Any]]]]:
    """The rows of each view's test, under keys of their own, so that all of them fit into one database."""
    found = []
    for folder in sorted(CASES.iterdir()):
        case = rows(BASE, json.loads((folder / "given.json").read_text(encoding="utf-8")))
        keys = {row["id"] for given in case.values() for row in given if "id" in row}
        found.append(
            {
                table: [
                    {
                        name: f"{folder.name}:{value}" if value in keys and _is_key(name) else value
                        for name, value in row.items()
                    }
                    for row in given
                ]
                for table, given in case.items()
            }
        )
    return found


def _is_key(column: str) -> bool:
    return column.endswith("id") or column in ("part", "value", "refers_to", "joined_to")
