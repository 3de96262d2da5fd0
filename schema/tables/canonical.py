"""Tables for analysts: one merged row per person, office, tenure, reform, election and statement."""

from __future__ import annotations

import sqlalchemy as sa

from schema import vocabulary as v
from schema.tables.columns import flag, index, key, link, metadata, number, percent, text, word, world_date

_COUNTRY = "ISO 3166-1 code of two letters, such as KZ."
_WIKIDATA = "Number in Wikidata, such as Q42."

person = sa.Table(
    "person",
    metadata,
    key("Key of the person; the same in every run."),
    text("name", "Full name as the sources give it best.", required=True),
    text("given_name", "Given name."),
    text("family_name", "Family name."),
    *world_date("birth_date", "birth"),
    *world_date("death_date", "death"),
    *word("gender", v.Gender, "Gender, where a source says it"),
    text("country", f"Country whose politics the person belongs to. {_COUNTRY}"),
    text("wikidata_id", _WIKIDATA),
    comment="People in politics. Who only wrote an article is not here.",
)

person_name = sa.Table(
    "person_name",
    metadata,
    key("Key of the name."),
    *link("person_id", "person", "Whose name it is.", required=True),
    text("name", "The name as written.", required=True),
    text("lang", "Language that it is written in: ISO 639-1."),
    text("script", "Script that it is written in: ISO 15924, such as Latn or Cyrl."),
    *word("kind", v.NameKind, "What kind of name", required=True),
    index("person_id"),
    comment="Every name that a person goes by in the sources.",
)

organization = sa.Table(
    "organization",
    metadata,
    key("Key of the organization; the same in every run."),
    text("name", "Name.", required=True),
    *word("classification", v.OrganizationKind, "What kind of body", required=True),
    text("country", f"Country that it belongs to; empty for an international one. {_COUNTRY}"),
    *link("parent_id", "organization", "The organization that it is part of."),
    comment="Bodies that act in politics: governments, ministries, chambers, parties, courts and others.",
)

office = sa.Table(
    "office",
    metadata,
    key("Key of the office; the same in every run."),
    text("name", "Name of the post.", required=True),
    *link("organization_id", "organization", "The organization that the post is in."),
    text("wikidata_id", _WIKIDATA),
    *word("role", v.OfficeRole, "What the holder does", required=True),
    *word("level", v.OfficeLevel, "How far its power reaches"),
    *word("branch", v.OfficeBranch, "Branch of power"),
    text("country", f"Country whose office it is; empty for an international one. {_COUNTRY}"),
    index("organization_id", filled=True),
    comment="Posts, whoever holds them.",
)

tenure = sa.Table(
    "tenure",
    metadata,
    key("Key of the spell; the same in every run."),
    *link("person_id", "person", "Who held the office.", required=True),
    *link("office_id", "office", "The office held.", required=True),
    *world_date("start", "the start of the spell"),
    *world_date("end", "the end of the spell"),
    *word("status", v.TenureStatus, "How it stood on the date of the document", required=True),
    text("start_cause", "How it began, such as appointed or elected."),
    text("end_cause", "How it ended, such as resigned."),
    text("constituency", "Constituency that the holder was elected in."),
    *link("party_id", "organization", "Party that the holder stood for."),
    flag("acting", "Whether the office was only held for the time being; empty when no source says so."),
    index("person_id"),
    index("office_id"),
    index("party_id", filled=True),
    comment="A person in an office. Two spells in one office are two rows.",
)

election = sa.Table(
    "election",
    metadata,
    key("Key of the election; the same in every run."),
    *word("type", v.ElectionType, "What kind of vote", required=True),
    text("country", f"Country that votes. {_COUNTRY}"),
    *link("body_id", "organization", "The body that is elected."),
    *link("office_id", "office", "The office that is filled."),
    *world_date("date", "the vote"),
    flag("early", "Whether it comes before its time."),
    *word("status", v.ElectionStatus, "How far it got", required=True),
    text("called_by_id", "Person or organization that called it."),
    text("electoral_system", "How votes become seats, as the source says it."),
    *percent("threshold_pct", "Share of the vote that a party needs to get in"),
    number("seats_total", "Seats to be filled."),
    *percent("list_share_pct", "Share of the seats filled from party lists"),
    *percent("district_share_pct", "Share of the seats filled in districts"),
    *percent("turnout_pct", "Share of the electorate that voted"),
    number("round", "Which round, when the row is about one."),
    comment="Elections and referendums.",
)

election_result = sa.Table(
    "election_result",
    metadata,
    key("Key of the result."),
    *link("election_id", "election", "The election.", required=True),
    number("round", "Which round, from 1."),
    *link("person_id", "person", "The candidate."),
    *link("party_id", "organization", "The party."),
    text("option", "The option, such as yes or against all."),
    number("votes", "Votes, as a number."),
    *percent("vote_share_pct", "Share of the votes"),
    number("seats", "Seats won."),
    flag("won", "Whether it won."),
    sa.CheckConstraint(
        "person_id IS NOT NULL OR party_id IS NOT NULL OR option IS NOT NULL",
        name="contestant",
    ),
    index("election_id"),
    index("person_id", filled=True),
    index("party_id", filled=True),
    comment="What one candidate, party or option got in one round.",
)

reform = sa.Table(
    "reform",
    metadata,
    key("Key of the reform; the same in every run."),
    text("title", "What the reform is, in a few words.", required=True),
    text("country", f"Country that reforms. {_COUNTRY}"),
    *word("area", v.ReformArea, "What it reforms", required=True),
    *link("parent_id", "reform", "The larger reform that it is part of."),
    *word("legal_instrument", v.LegalInstrument, "What kind of act makes it", required=True),
    *word("current_status", v.ReformStatus, "How far it got; empty when no source says"),
    comment="Changes of the rules, from their announcement on.",
)

reform_measure = sa.Table(
    "reform_measure",
    metadata,
    key("Key of the measure."),
    *link("reform_id", "reform", "The reform.", required=True),
    text("description", "What it changes.", required=True),
    *link("target_office_id", "office", "The office that it changes."),
    text("value_old", "The value before, such as 7."),
    text("value_new", "The value after, such as 5."),
    text("unit", "What the values count, such as years or per cent."),
    index("reform_id"),
    comment="The single things that a reform changes.",
)

reform_event = sa.Table(
    "reform_event",
    metadata,
    key("Key of the step."),
    *link("reform_id", "reform", "The reform.", required=True),
    *word("status", v.ReformStatus, "The step that it took", required=True),
    *world_date("date", "the step"),
    *word("decided_by", v.DecidedBy, "Who took it", required=True),
    text("actor_id", "Person or organization that took it."),
    *link("election_id", "election", "The vote that decided it, when it was a referendum."),
    index("reform_id"),
    index("election_id", filled=True),
    comment="The steps of a reform, from announced to in force or repealed.",
)

statement = sa.Table(
    "statement",
    metadata,
    key("Key of the statement; the same in every run."),
    *link("document_version_id", "document_version", "The text that reports it.", required=True),
    *link("speaker_id", "person", "Who spoke; empty when that could not be told."),
    text("speaker_surface", "The speaker as the text names them, such as the minister.", required=True),
    *word("attribution", v.Attribution, "How the text names the speaker", required=True),
    *word("form", v.StatementForm, "Whether the speaker's own words are given: all, some or none", required=True),
    text("text", "The words. For direct and mixed, exactly as they stand in the document.", required=True),
    *world_date("date", "the statement"),
    text("venue", "Where it was said."),
    text("occasion", "The event at which it was said."),
    text("medium", "How it was made public, such as an interview."),
    text("addressee", "Whom it was said to."),
    text("topics", "Topics, joined by a semicolon and a space."),
    text("about_id", "The person, organization, office, reform or election that it is about."),
    text("language", "Language of the words: ISO 639-1."),
    index("speaker_id", filled=True),
    index("document_version_id"),
    comment="What people are reported to have said.",
)
