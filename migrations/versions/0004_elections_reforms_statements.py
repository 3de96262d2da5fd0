"""Merged rows for analysts: elections, reforms and statements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from polidex.keeping import drop_table

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "election",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the election; the same in every run."),
        sa.Column(
            "type",
            sa.String,
            nullable=False,
            comment="What kind of vote: presidential, parliamentary, referendum, subnational_executive, "
            "subnational_legislative, supranational, by_election.",
        ),
        sa.Column("country", sa.String, comment="Country that votes. ISO 3166-1 code of two letters, such as KZ."),
        sa.Column("body_id", sa.String, comment="The body that is elected."),
        sa.Column("office_id", sa.String, comment="The office that is filled."),
        sa.Column(
            "date_edtf",
            sa.String,
            comment="Date of the vote, as precise as the source (EDTF: 2019-03, 2011/2013, 2023/..).",
        ),
        sa.Column("date_earliest", sa.Date, comment="First day possible for the vote; empty if open or unknown."),
        sa.Column("date_latest", sa.Date, comment="Last day possible for the vote; empty if open or unknown."),
        sa.Column(
            "date_basis",
            sa.String,
            nullable=False,
            comment="What the date of the vote rests on: stated, context, inferred, external, unknown.",
        ),
        sa.Column("early", sa.Boolean, comment="Whether it comes before its time."),
        sa.Column(
            "status", sa.String, nullable=False, comment="How far it got: planned, called, scheduled, held, cancelled."
        ),
        sa.Column("called_by_id", sa.String, comment="Person or organization that called it."),
        sa.Column("electoral_system", sa.String, comment="How votes become seats, as the source says it."),
        sa.Column(
            "threshold_pct",
            sa.Double,
            comment="Share of the vote that a party needs to get in, in per cent (0 to 100).",
        ),
        sa.Column("seats_total", sa.BigInteger, comment="Seats to be filled."),
        sa.Column(
            "list_share_pct", sa.Double, comment="Share of the seats filled from party lists, in per cent (0 to 100)."
        ),
        sa.Column(
            "district_share_pct", sa.Double, comment="Share of the seats filled in districts, in per cent (0 to 100)."
        ),
        sa.Column("turnout_pct", sa.Double, comment="Share of the electorate that voted, in per cent (0 to 100)."),
        sa.Column("round", sa.BigInteger, comment="Which round, when the row is about one."),
        sa.CheckConstraint(
            "type IN ('presidential', 'parliamentary', 'referendum', 'subnational_executive', "
            "'subnational_legislative', 'supranational', 'by_election')",
            name="type",
        ),
        sa.CheckConstraint("date_basis IN ('stated', 'context', 'inferred', 'external', 'unknown')", name="date_basis"),
        sa.CheckConstraint("date_earliest <= date_latest", name="date_order"),
        sa.CheckConstraint("status IN ('planned', 'called', 'scheduled', 'held', 'cancelled')", name="status"),
        sa.CheckConstraint("threshold_pct BETWEEN 0 AND 100", name="threshold_pct"),
        sa.CheckConstraint("list_share_pct BETWEEN 0 AND 100", name="list_share_pct"),
        sa.CheckConstraint("district_share_pct BETWEEN 0 AND 100", name="district_share_pct"),
        sa.CheckConstraint("turnout_pct BETWEEN 0 AND 100", name="turnout_pct"),
        sa.ForeignKeyConstraint(["body_id"], ["organization.id"]).ddl_if(dialect="postgresql"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"]).ddl_if(dialect="postgresql"),
        comment="Elections and referendums.",
    )
    op.create_table(
        "election_result",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the result."),
        sa.Column("election_id", sa.String, nullable=False, comment="The election."),
        sa.Column("round", sa.BigInteger, comment="Which round, from 1."),
        sa.Column("person_id", sa.String, comment="The candidate."),
        sa.Column("party_id", sa.String, comment="The party."),
        sa.Column("option", sa.String, comment="The option, such as yes or against all."),
        sa.Column("votes", sa.BigInteger, comment="Votes, as a number."),
        sa.Column("vote_share_pct", sa.Double, comment="Share of the votes, in per cent (0 to 100)."),
        sa.Column("seats", sa.BigInteger, comment="Seats won."),
        sa.Column("won", sa.Boolean, comment="Whether it won."),
        sa.CheckConstraint("vote_share_pct BETWEEN 0 AND 100", name="vote_share_pct"),
        sa.CheckConstraint("person_id IS NOT NULL OR party_id IS NOT NULL OR option IS NOT NULL", name="contestant"),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"]).ddl_if(dialect="postgresql"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]).ddl_if(dialect="postgresql"),
        sa.ForeignKeyConstraint(["party_id"], ["organization.id"]).ddl_if(dialect="postgresql"),
        comment="What one candidate, party or option got in one round.",
    )
    op.create_table(
        "reform",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the reform; the same in every run."),
        sa.Column("title", sa.String, nullable=False, comment="What the reform is, in a few words."),
        sa.Column("country", sa.String, comment="Country that reforms. ISO 3166-1 code of two letters, such as KZ."),
        sa.Column(
            "area",
            sa.String,
            nullable=False,
            comment="What it reforms: presidency, parliament, electoral_system, parties, local_government, "
            "judiciary, civil_liberties, criminal_justice, anti_corruption, social_policy, economy, "
            "governance, property, other.",
        ),
        sa.Column("parent_id", sa.String, comment="The larger reform that it is part of."),
        sa.Column(
            "legal_instrument",
            sa.String,
            nullable=False,
            comment="What kind of act makes it: constitutional_amendment, law, decree, law_repeal, programme, unknown.",
        ),
        sa.Column(
            "current_status",
            sa.String,
            comment="How far it got; empty when no source says: announced, proposed, submitted, adopted, signed, "
            "in_force, rejected, repealed.",
        ),
        sa.CheckConstraint(
            "area IN ('presidency', 'parliament', 'electoral_system', 'parties', 'local_government', "
            "'judiciary', 'civil_liberties', 'criminal_justice', 'anti_corruption', 'social_policy', "
            "'economy', 'governance', 'property', 'other')",
            name="area",
        ),
        sa.CheckConstraint(
            "legal_instrument IN ('constitutional_amendment', 'law', 'decree', 'law_repeal', 'programme', 'unknown')",
            name="legal_instrument",
        ),
        sa.CheckConstraint(
            "current_status IN ('announced', 'proposed', 'submitted', 'adopted', 'signed', 'in_force', "
            "'rejected', 'repealed')",
            name="current_status",
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["reform.id"]).ddl_if(dialect="postgresql"),
        comment="Changes of the rules, from their announcement on.",
    )
    op.create_table(
        "reform_measure",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the measure."),
        sa.Column("reform_id", sa.String, nullable=False, comment="The reform."),
        sa.Column("description", sa.String, nullable=False, comment="What it changes."),
        sa.Column("target_office_id", sa.String, comment="The office that it changes."),
        sa.Column("value_old", sa.String, comment="The value before, such as 7."),
        sa.Column("value_new", sa.String, comment="The value after, such as 5."),
        sa.Column("unit", sa.String, comment="What the values count, such as years or per cent."),
        sa.ForeignKeyConstraint(["reform_id"], ["reform.id"]).ddl_if(dialect="postgresql"),
        sa.ForeignKeyConstraint(["target_office_id"], ["office.id"]).ddl_if(dialect="postgresql"),
        comment="The single things that a reform changes.",
    )
    op.create_table(
        "reform_event",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the step."),
        sa.Column("reform_id", sa.String, nullable=False, comment="The reform."),
        sa.Column(
            "status",
            sa.String,
            nullable=False,
            comment="The step that it took: announced, proposed, submitted, adopted, signed, in_force, rejected, "
            "repealed.",
        ),
        sa.Column(
            "date_edtf",
            sa.String,
            comment="Date of the step, as precise as the source (EDTF: 2019-03, 2011/2013, 2023/..).",
        ),
        sa.Column("date_earliest", sa.Date, comment="First day possible for the step; empty if open or unknown."),
        sa.Column("date_latest", sa.Date, comment="Last day possible for the step; empty if open or unknown."),
        sa.Column(
            "date_basis",
            sa.String,
            nullable=False,
            comment="What the date of the step rests on: stated, context, inferred, external, unknown.",
        ),
        sa.Column(
            "decided_by",
            sa.String,
            nullable=False,
            comment="Who took it: referendum, parliament, president, government, court, unknown.",
        ),
        sa.Column("actor_id", sa.String, comment="Person or organization that took it."),
        sa.Column("election_id", sa.String, comment="The vote that decided it, when it was a referendum."),
        sa.CheckConstraint(
            "status IN ('announced', 'proposed', 'submitted', 'adopted', 'signed', 'in_force', 'rejected', 'repealed')",
            name="status",
        ),
        sa.CheckConstraint("date_basis IN ('stated', 'context', 'inferred', 'external', 'unknown')", name="date_basis"),
        sa.CheckConstraint("date_earliest <= date_latest", name="date_order"),
        sa.CheckConstraint(
            "decided_by IN ('referendum', 'parliament', 'president', 'government', 'court', 'unknown')",
            name="decided_by",
        ),
        sa.ForeignKeyConstraint(["reform_id"], ["reform.id"]).ddl_if(dialect="postgresql"),
        sa.ForeignKeyConstraint(["election_id"], ["election.id"]).ddl_if(dialect="postgresql"),
        comment="The steps of a reform, from announced to in force or repealed.",
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the statement; the same in every run."),
        sa.Column("document_version_id", sa.String, nullable=False, comment="The text that reports it."),
        sa.Column("speaker_id", sa.String, comment="Who spoke; empty when that could not be told."),
        sa.Column(
            "speaker_surface",
            sa.String,
            nullable=False,
            comment="The speaker as the text names them, such as the minister.",
        ),
        sa.Column(
            "attribution",
            sa.String,
            nullable=False,
            comment="How the text names the speaker: explicit, pronoun, implicit, collective.",
        ),
        sa.Column(
            "form",
            sa.String,
            nullable=False,
            comment="Whether the speaker's own words are given: all, some or none: direct, mixed, indirect.",
        ),
        sa.Column(
            "text",
            sa.String,
            nullable=False,
            comment="The words. For direct and mixed, exactly as they stand in the document.",
        ),
        sa.Column(
            "date_edtf",
            sa.String,
            comment="Date of the statement, as precise as the source (EDTF: 2019-03, 2011/2013, 2023/..).",
        ),
        sa.Column("date_earliest", sa.Date, comment="First day possible for the statement; empty if open or unknown."),
        sa.Column("date_latest", sa.Date, comment="Last day possible for the statement; empty if open or unknown."),
        sa.Column(
            "date_basis",
            sa.String,
            nullable=False,
            comment="What the date of the statement rests on: stated, context, inferred, external, unknown.",
        ),
        sa.Column("venue", sa.String, comment="Where it was said."),
        sa.Column("occasion", sa.String, comment="The event at which it was said."),
        sa.Column("medium", sa.String, comment="How it was made public, such as an interview."),
        sa.Column("addressee", sa.String, comment="Whom it was said to."),
        sa.Column("topics", sa.String, comment="Topics, joined by a semicolon and a space."),
        sa.Column(
            "about_id", sa.String, comment="The person, organization, office, reform or election that it is about."
        ),
        sa.Column("language", sa.String, comment="Language of the words: ISO 639-1."),
        sa.CheckConstraint("attribution IN ('explicit', 'pronoun', 'implicit', 'collective')", name="attribution"),
        sa.CheckConstraint("form IN ('direct', 'mixed', 'indirect')", name="form"),
        sa.CheckConstraint("date_basis IN ('stated', 'context', 'inferred', 'external', 'unknown')", name="date_basis"),
        sa.CheckConstraint("date_earliest <= date_latest", name="date_order"),
        sa.ForeignKeyConstraint(["document_version_id"], ["document_version.id"]).ddl_if(dialect="postgresql"),
        sa.ForeignKeyConstraint(["speaker_id"], ["person.id"]).ddl_if(dialect="postgresql"),
        comment="What people are reported to have said.",
    )


def downgrade() -> None:
    drop_table("statement")
    drop_table("reform_event")
    drop_table("reform_measure")
    drop_table("reform")
    drop_table("election_result")
    drop_table("election")
