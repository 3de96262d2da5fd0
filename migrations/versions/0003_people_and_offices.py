"""Merged rows for analysts: people, organizations, offices and tenures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from polidex.keeping import drop_table

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the person; the same in every run."),
        sa.Column("name", sa.String, nullable=False, comment="Full name as the sources give it best."),
        sa.Column("given_name", sa.String, comment="Given name."),
        sa.Column("family_name", sa.String, comment="Family name."),
        sa.Column(
            "birth_date_edtf",
            sa.String,
            comment="Date of birth, as precise as the source (EDTF: 2019-03, 2011/2013, 2023/..).",
        ),
        sa.Column("birth_date_earliest", sa.Date, comment="First day possible for birth; empty if open or unknown."),
        sa.Column("birth_date_latest", sa.Date, comment="Last day possible for birth; empty if open or unknown."),
        sa.Column(
            "birth_date_basis",
            sa.String,
            nullable=False,
            comment="What the date of birth rests on: stated, context, inferred, external, unknown.",
        ),
        sa.Column(
            "death_date_edtf",
            sa.String,
            comment="Date of death, as precise as the source (EDTF: 2019-03, 2011/2013, 2023/..).",
        ),
        sa.Column("death_date_earliest", sa.Date, comment="First day possible for death; empty if open or unknown."),
        sa.Column("death_date_latest", sa.Date, comment="Last day possible for death; empty if open or unknown."),
        sa.Column(
            "death_date_basis",
            sa.String,
            nullable=False,
            comment="What the date of death rests on: stated, context, inferred, external, unknown.",
        ),
        sa.Column("gender", sa.String, comment="Gender, where a source says it: female, male, other."),
        sa.Column(
            "country",
            sa.String,
            comment="Country whose politics the person belongs to. ISO 3166-1 code of two letters, such as KZ.",
        ),
        sa.Column("wikidata_id", sa.String, comment="Number in Wikidata, such as Q42."),
        sa.CheckConstraint(
            "birth_date_basis IN ('stated', 'context', 'inferred', 'external', 'unknown')", name="birth_date_basis"
        ),
        sa.CheckConstraint("birth_date_earliest <= birth_date_latest", name="birth_date_order"),
        sa.CheckConstraint(
            "death_date_basis IN ('stated', 'context', 'inferred', 'external', 'unknown')", name="death_date_basis"
        ),
        sa.CheckConstraint("death_date_earliest <= death_date_latest", name="death_date_order"),
        sa.CheckConstraint("gender IN ('female', 'male', 'other')", name="gender"),
        comment="People in politics. Who only wrote an article is not here.",
    )
    op.create_table(
        "person_name",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the name."),
        sa.Column("person_id", sa.String, nullable=False, comment="Whose name it is."),
        sa.Column("name", sa.String, nullable=False, comment="The name as written."),
        sa.Column("lang", sa.String, comment="Language that it is written in: ISO 639-1."),
        sa.Column("script", sa.String, comment="Script that it is written in: ISO 15924, such as Latn or Cyrl."),
        sa.Column(
            "kind",
            sa.String,
            nullable=False,
            comment="What kind of name: full, short, initials, transliteration, former, title.",
        ),
        sa.CheckConstraint("kind IN ('full', 'short', 'initials', 'transliteration', 'former', 'title')", name="kind"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]).ddl_if(dialect="postgresql"),
        comment="Every name that a person goes by in the sources.",
    )
    op.create_table(
        "organization",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the organization; the same in every run."),
        sa.Column("name", sa.String, nullable=False, comment="Name."),
        sa.Column(
            "classification",
            sa.String,
            nullable=False,
            comment="What kind of body: government, ministry, legislature, chamber, committee, party, igo, court, "
            "media, company, other.",
        ),
        sa.Column(
            "country",
            sa.String,
            comment="Country that it belongs to; empty for an international one. ISO 3166-1 code of two letters, "
            "such as KZ.",
        ),
        sa.Column("parent_id", sa.String, comment="The organization that it is part of."),
        sa.CheckConstraint(
            "classification IN ('government', 'ministry', 'legislature', 'chamber', 'committee', 'party', "
            "'igo', 'court', 'media', 'company', 'other')",
            name="classification",
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["organization.id"]).ddl_if(dialect="postgresql"),
        comment="Bodies that act in politics: governments, ministries, chambers, parties, courts and others.",
    )
    op.create_table(
        "office",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the office; the same in every run."),
        sa.Column("name", sa.String, nullable=False, comment="Name of the post."),
        sa.Column("organization_id", sa.String, comment="The organization that the post is in."),
        sa.Column("wikidata_id", sa.String, comment="Number in Wikidata, such as Q42."),
        sa.Column(
            "role",
            sa.String,
            nullable=False,
            comment="What the holder does: head_of_state, head_of_government, deputy_head, minister, "
            "deputy_minister, speaker, legislator, judge, diplomat, igo_official, mayor_or_governor, chair, "
            "other.",
        ),
        sa.Column(
            "level",
            sa.String,
            comment="How far its power reaches: national, subnational, supranational, international.",
        ),
        sa.Column("branch", sa.String, comment="Branch of power: executive, legislative, judicial, other."),
        sa.Column(
            "country",
            sa.String,
            comment="Country whose office it is; empty for an international one. ISO 3166-1 code of two letters, "
            "such as KZ.",
        ),
        sa.CheckConstraint(
            "role IN ('head_of_state', 'head_of_government', 'deputy_head', 'minister', 'deputy_minister', "
            "'speaker', 'legislator', 'judge', 'diplomat', 'igo_official', 'mayor_or_governor', 'chair', "
            "'other')",
            name="role",
        ),
        sa.CheckConstraint("level IN ('national', 'subnational', 'supranational', 'international')", name="level"),
        sa.CheckConstraint("branch IN ('executive', 'legislative', 'judicial', 'other')", name="branch"),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]).ddl_if(dialect="postgresql"),
        comment="Posts, whoever holds them.",
    )
    op.create_table(
        "tenure",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the spell; the same in every run."),
        sa.Column("person_id", sa.String, nullable=False, comment="Who held the office."),
        sa.Column("office_id", sa.String, nullable=False, comment="The office held."),
        sa.Column(
            "start_edtf",
            sa.String,
            comment="Date of the start of the spell, as precise as the source (EDTF: 2019-03, 2011/2013, 2023/..).",
        ),
        sa.Column(
            "start_earliest",
            sa.Date,
            comment="First day possible for the start of the spell; empty if open or unknown.",
        ),
        sa.Column(
            "start_latest", sa.Date, comment="Last day possible for the start of the spell; empty if open or unknown."
        ),
        sa.Column(
            "start_basis",
            sa.String,
            nullable=False,
            comment="What the date of the start of the spell rests on: stated, context, inferred, external, unknown.",
        ),
        sa.Column(
            "end_edtf",
            sa.String,
            comment="Date of the end of the spell, as precise as the source (EDTF: 2019-03, 2011/2013, 2023/..).",
        ),
        sa.Column(
            "end_earliest", sa.Date, comment="First day possible for the end of the spell; empty if open or unknown."
        ),
        sa.Column(
            "end_latest", sa.Date, comment="Last day possible for the end of the spell; empty if open or unknown."
        ),
        sa.Column(
            "end_basis",
            sa.String,
            nullable=False,
            comment="What the date of the end of the spell rests on: stated, context, inferred, external, unknown.",
        ),
        sa.Column(
            "status",
            sa.String,
            nullable=False,
            comment="How it stood on the date of the document: current, ended, planned, unknown.",
        ),
        sa.Column("start_cause", sa.String, comment="How it began, such as appointed or elected."),
        sa.Column("end_cause", sa.String, comment="How it ended, such as resigned."),
        sa.Column("constituency", sa.String, comment="Constituency that the holder was elected in."),
        sa.Column("party_id", sa.String, comment="Party that the holder stood for."),
        sa.CheckConstraint(
            "start_basis IN ('stated', 'context', 'inferred', 'external', 'unknown')", name="start_basis"
        ),
        sa.CheckConstraint("start_earliest <= start_latest", name="start_order"),
        sa.CheckConstraint("end_basis IN ('stated', 'context', 'inferred', 'external', 'unknown')", name="end_basis"),
        sa.CheckConstraint("end_earliest <= end_latest", name="end_order"),
        sa.CheckConstraint("status IN ('current', 'ended', 'planned', 'unknown')", name="status"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]).ddl_if(dialect="postgresql"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"]).ddl_if(dialect="postgresql"),
        sa.ForeignKeyConstraint(["party_id"], ["organization.id"]).ddl_if(dialect="postgresql"),
        comment="A person in an office. Two spells in one office are two rows.",
    )


def downgrade() -> None:
    drop_table("tenure")
    drop_table("office")
    drop_table("organization")
    drop_table("person_name")
    drop_table("person")
