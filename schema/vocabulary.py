"""The closed word lists: what a column that holds a choice may say."""

from __future__ import annotations

from enum import StrEnum


class Basis(StrEnum):
    """Where a value comes from: said in its quote, carried over from the text around it, concluded, or brought in."""

    STATED = "stated"
    CONTEXT = "context"
    INFERRED = "inferred"
    EXTERNAL = "external"
    UNKNOWN = "unknown"


class Match(StrEnum):
    """How a quote was found in the stored text."""

    EXACT = "exact"
    NORMALISED = "normalised"
    FUZZY = "fuzzy"


class Modality(StrEnum):
    """How the source puts a claim: as a fact, a plan, hearsay, a view, or as not so."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    REPORTED = "reported"
    OPINION = "opinion"
    NEGATED = "negated"


class RecordType(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"
    OFFICE = "office"
    TENURE = "tenure"
    REFORM = "reform"
    ELECTION = "election"
    STATEMENT = "statement"


class DateRelation(StrEnum):
    """What one date or spell is to another."""

    EQUAL = "equal"
    REFINES = "refines"
    REFINED_BY = "refined_by"
    OVERLAPS = "overlaps"
    DISJOINT = "disjoint"


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class NameKind(StrEnum):
    FULL = "full"
    SHORT = "short"
    INITIALS = "initials"
    TRANSLITERATION = "transliteration"
    FORMER = "former"
    TITLE = "title"


class OrganizationKind(StrEnum):
    GOVERNMENT = "government"
    MINISTRY = "ministry"
    LEGISLATURE = "legislature"
    CHAMBER = "chamber"
    COMMITTEE = "committee"
    PARTY = "party"
    IGO = "igo"
    COURT = "court"
    MEDIA = "media"
    COMPANY = "company"
    OTHER = "other"


class OfficeRole(StrEnum):
    HEAD_OF_STATE = "head_of_state"
    HEAD_OF_GOVERNMENT = "head_of_government"
    DEPUTY_HEAD = "deputy_head"
    MINISTER = "minister"
    DEPUTY_MINISTER = "deputy_minister"
    SPEAKER = "speaker"
    LEGISLATOR = "legislator"
    JUDGE = "judge"
    DIPLOMAT = "diplomat"
    IGO_OFFICIAL = "igo_official"
    MAYOR_OR_GOVERNOR = "mayor_or_governor"
    CHAIR = "chair"
    OTHER = "other"


class OfficeLevel(StrEnum):
    NATIONAL = "national"
    SUBNATIONAL = "subnational"
    SUPRANATIONAL = "supranational"
    INTERNATIONAL = "international"


class OfficeBranch(StrEnum):
    EXECUTIVE = "executive"
    LEGISLATIVE = "legislative"
    JUDICIAL = "judicial"
    OTHER = "other"


class TenureStatus(StrEnum):
    """How a spell in office stood on the date of the document."""

    CURRENT = "current"
    ENDED = "ended"
    PLANNED = "planned"
    UNKNOWN = "unknown"


class ReformArea(StrEnum):
    PRESIDENCY = "presidency"
    PARLIAMENT = "parliament"
    ELECTORAL_SYSTEM = "electoral_system"
    PARTIES = "parties"
    LOCAL_GOVERNMENT = "local_government"
    JUDICIARY = "judiciary"
    CIVIL_LIBERTIES = "civil_liberties"
    CRIMINAL_JUSTICE = "criminal_justice"
    ANTI_CORRUPTION = "anti_corruption"
    SOCIAL_POLICY = "social_policy"
    ECONOMY = "economy"
    GOVERNANCE = "governance"
    PROPERTY = "property"
    OTHER = "other"


class LegalInstrument(StrEnum):
    CONSTITUTIONAL_AMENDMENT = "constitutional_amendment"
    LAW = "law"
    DECREE = "decree"
    LAW_REPEAL = "law_repeal"
    PROGRAMME = "programme"
    UNKNOWN = "unknown"


class ReformStatus(StrEnum):
    """How far a reform got."""

    ANNOUNCED = "announced"
    PROPOSED = "proposed"
    SUBMITTED = "submitted"
    ADOPTED = "adopted"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    REJECTED = "rejected"
    REPEALED = "repealed"


class DecidedBy(StrEnum):
    """Who took a step of a reform."""

    REFERENDUM = "referendum"
    PARLIAMENT = "parliament"
    PRESIDENT = "president"
    GOVERNMENT = "government"
    COURT = "court"
    UNKNOWN = "unknown"


class ElectionType(StrEnum):
    PRESIDENTIAL = "presidential"
    PARLIAMENTARY = "parliamentary"
    REFERENDUM = "referendum"
    SUBNATIONAL_EXECUTIVE = "subnational_executive"
    SUBNATIONAL_LEGISLATIVE = "subnational_legislative"
    SUPRANATIONAL = "supranational"
    BY_ELECTION = "by_election"


class ElectionStatus(StrEnum):
    PLANNED = "planned"
    CALLED = "called"
    SCHEDULED = "scheduled"
    HELD = "held"
    CANCELLED = "cancelled"


class StatementForm(StrEnum):
    """Whether the speaker's own words stand in the text: all of them, some of them, or none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Attribution(StrEnum):
    """How the text names the speaker."""

    EXPLICIT = "explicit"
    PRONOUN = "pronoun"
    IMPLICIT = "implicit"
    COLLECTIVE = "collective"


class FetchOutcome(StrEnum):
    """How an attempt to read a source ended."""

    OK = "ok"
    UNCHANGED = "unchanged"
    GONE = "gone"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    NOT_TEXT = "not_text"
    BAD_ENCODING = "bad_encoding"
    PARSE_FAILED = "parse_failed"


class SourceKind(StrEnum):
    """What a source of documents is: where it lies, and how it lists them."""

    FOLDER = "folder"
    FEED = "feed"
    SITEMAP = "sitemap"
    URLS = "urls"
    JSONL = "jsonl"
    PARQUET = "parquet"


class RunStatus(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


class Gate(StrEnum):
    """What became of a night that was compared with the last ones before it was loaded."""

    PASSED = "passed"
    HELD = "held"
    UNJUDGED = "unjudged"
    OFF = "off"


class ExtractionStatus(StrEnum):
    OK = "ok"
    PARTIAL = "partial"
    FAILED = "failed"
    REFUSED = "refused"
    SKIPPED = "skipped"
    SUPERSEDED = "superseded"


class BatchState(StrEnum):
    """How a provider batch stands: handed over or not yet surely, under way, or how it ended.

    `lost` is one that never reached the provider, `failed` one that the provider refused as a whole.
    """

    SUBMITTING = "submitting"
    SUBMITTED = "submitted"
    COLLECTED = "collected"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    FAILED = "failed"
    LOST = "lost"


class BatchRequestState(StrEnum):
    """How one request of a batch stands: it has a reply, it failed for good, or it is to be asked again."""

    WAITING = "waiting"
    ANSWERED = "answered"
    FAILED = "failed"
    UNANSWERED = "unanswered"


class QuarantineReason(StrEnum):
    """Why a draft was not loaded as fact."""

    INVALID_ITEM = "invalid_item"
    QUOTE_NOT_FOUND = "quote_not_found"
    VALUE_NOT_IN_TEXT = "value_not_in_text"
    SUBJECT_NOT_IN_TEXT = "subject_not_in_text"
    NOT_A_PERSON = "not_a_person"
    BYLINE_ONLY = "byline_only"
    RULE_VIOLATED = "rule_violated"
    DUPLICATE = "duplicate"
    TRUNCATED = "truncated"
    UNRESOLVED = "unresolved"


class Verdict(StrEnum):
    """What a person decided about a claim."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"


class Judgement(StrEnum):
    """Whether two records are about one thing."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"


class Judge(StrEnum):
    """Who judged whether two records are about one thing. A user outranks a rule, for good."""

    RULE = "rule"
    MODEL = "model"
    USER = "user"
