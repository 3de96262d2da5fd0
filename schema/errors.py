"""Every error that Polidex raises: one tree, whose docstrings are the default messages."""

from __future__ import annotations

from typing import ClassVar

from schema.usage import Usage
from schema.vocabulary import FetchOutcome


class PolidexError(Exception):
    """Something went wrong in Polidex."""

    exit_code: int = 1
    hint: str = ""

    def __init__(self, message: str | None = None, *, hint: str | None = None) -> None:
        super().__init__(message or (self.__class__.__doc__ or "").strip())
        if hint is not None:
            self.hint = hint


class UsageError(PolidexError):
    """The command was asked for something that it cannot do."""

    exit_code = 2


# The model. `code` is what the extraction row keeps; `repeats` is how often the door sends the same
# request again by itself, and is 0 wherever that would only pay for the same failure twice.


class ModelError(PolidexError):
    """The model gave no usable reply."""

    code: ClassVar[str] = "model_error"
    repeats: ClassVar[int] = 0
    stops_run: ClassVar[bool] = False
    """True where every further question to this model would fail the same way."""
    once_more: ClassVar[bool] = False
    """True where the next run asks once more: a page of a proxy passes, what a model always says to a text does not."""
    maybe_billed: bool = False
    """True where nobody knows whether the provider worked on the request, and billed it."""

    def __init__(
        self, message: str | None = None, *, hint: str | None = None, text: str = "", usage: Usage | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.text = text
        """The reply as it came, as far as it came."""
        self.usage = usage or Usage()
        """What was spent until the failure, over all attempts."""
        self.retry_after: float | None = None
        """Seconds the provider asked to wait, where it said so."""


class Truncated(ModelError):
    """The reply hit the token limit before its end."""

    code = "truncated"
    hint = "The text is split into smaller windows; if this happens often, raise max_tokens."


class Refused(ModelError):
    """The model refused to answer."""

    code = "refused"


class EmptyReply(ModelError):
    """The model replied with nothing."""

    code = "empty_reply"
    once_more = True


class NotJson(ModelError):
    """The reply is not JSON: prose, or a page from something that is not the model."""

    code = "not_json"
    once_more = True
    hint = "Check the address of the model, and that its server supports structured output (response_format)."


class InvalidReply(ModelError):
    """The reply does not have the shape that was asked for, also after asking again."""

    code = "invalid_reply"
    once_more = True


class StillUnusable(ModelError):
    """No reply to this question was of use, in two runs. It is not asked again."""

    code = "still_unusable"


class RateLimited(ModelError):
    """The provider asks to slow down."""

    # More often than what fails: with many questions at once the pause of a minute's limit is over for few of them.
    code = "rate_limited"
    repeats = 5
    hint = "Wait, and run again: what is done stays done."


class NoCredit(RateLimited):
    """The account at the provider has no credit left."""

    code = "no_credit"
    stops_run = True
    hint = "Pay it in, or wait for the day on which the provider counts anew, and run again: what is done stays done."


class ServerFailure(ModelError):
    """The model's server failed."""

    code = "server_failure"
    repeats = 2


class TimedOut(ModelError):
    """The model did not answer in time."""

    # Once only: the work that nobody waited for may have been billed.
    code = "timed_out"
    repeats = 1
    maybe_billed = True
    hint = "Give it longer, or fewer requests at once."


class ConnectionDropped(ModelError):
    """The connection to the model was refused, or was cut."""

    code = "connection_dropped"
    repeats = 2
    maybe_billed = True
    hint = "Check that the server runs and that the address is right."


class ProviderDown(ModelError):
    """The provider has not answered for too long."""

    code = "provider_down"
    stops_run = True
    hint = "Run again later: what is done stays done. pace.give_up_seconds says how long it is waited for."


class OverBudget(ModelError):
    """The budget does not allow another call."""

    code = "over_budget"
    exit_code = 4
    stops_run = True
    hint = "Raise budget.run_usd or budget.month_usd, or wait for the next month: what is done stays done."


class WrongKey(ModelError):
    """The provider does not accept the API key."""

    code = "wrong_key"
    stops_run = True


class UnknownModel(ModelError):
    """The provider knows no such model, or nothing answers at that address."""

    code = "unknown_model"
    stops_run = True
    hint = "`polidex models` lists how models are named."


class BadRequest(ModelError):
    """The provider does not accept the request."""

    code = "bad_request"


class TooLong(BadRequest):
    """The text does not fit into the model's context."""

    code = "too_long"
    hint = "The text is split into smaller windows; a larger context is the other way."


class Unanswered(ModelError):
    """The batch ended without a reply to this question."""

    # Expired, cancelled, or failed on the way: the next batch, or the next run, asks it again.
    code = "unanswered"
    repeats = 1


class Uncorrected(InvalidReply):
    """The reply that a batch gave does not have the shape that was asked for, and is to be corrected."""

    code = "uncorrected"
    repeats = 1


class UnsureSubmit(ModelError):
    """The connection broke while a batch was submitted: whether the provider has it is not known yet."""

    code = "unsure_submit"
    hint = "The next `polidex nightly` looks for it at the provider; nothing of it is asked again before that."


class MissingPackage(ModelError):
    """A package for this provider is not installed."""

    code = "missing_package"
    stops_run = True


class WeightsUnavailable(ModelError):
    """The weights of the embedded model could not be had."""

    code = "weights_unavailable"
    stops_run = True


class WeightsCorrupt(WeightsUnavailable):
    """The weights of the embedded model are not the published ones: their SHA-256 differs."""

    code = "weights_corrupt"


def once_more_codes(kind: type[ModelError] = ModelError) -> frozenset[str]:
    """The codes of the errors after which the next run asks once more, and then no run any more."""
    own = {kind.code} if kind.once_more else set()
    return frozenset(own.union(*(once_more_codes(child) for child in kind.__subclasses__())))


def open_codes() -> frozenset[str]:
    """The codes of all errors that leave a question open for the next run."""
    return passing_codes() | once_more_codes()


def passing_codes(kind: type[ModelError] = ModelError) -> frozenset[str]:
    """The codes of the errors that may have passed by the next run: what met one of them is asked again."""
    own = {kind.code} if kind.repeats or kind.stops_run else set()
    return frozenset(own.union(*(passing_codes(child) for child in kind.__subclasses__())))


# Records (schema)


class NotInDocument(PolidexError):
    """The words that a record quotes do not stand in its document."""


# The database.


class DatabaseError(PolidexError):
    """The database refused what was asked of it."""


class BadDatabaseUrl(DatabaseError):
    """This is not the address of a database."""

    exit_code = 2
    hint = "Write duckdb:///FILE or postgresql+psycopg://USER@HOST/NAME."


class MissingDatabase(DatabaseError):
    """There is no database there yet."""

    hint = "`polidex run` makes it, and so does `polidex db upgrade`."


class MissingOnServer(MissingDatabase):
    """The Postgres is there, but no database of that name."""

    hint = "Make it there first (CREATE DATABASE); `polidex db upgrade` then makes its tables."


class UnreadableDatabase(DatabaseError):
    """The database cannot be read."""


class WrongPassword(UnreadableDatabase):
    """The Postgres asks for a password, and was given none or another one."""

    hint = "It belongs into the URL (USER:PASSWORD@HOST), the variable PGPASSWORD or the file ~/.pgpass."


class NoServer(UnreadableDatabase):
    """No Postgres answers there."""

    hint = "Does it run, and are host and port right?"


class ConnectionLost(UnreadableDatabase):
    """The connection to the Postgres was lost, or it does not take any just now."""

    hint = "Run the same command again when it is back: what was committed is kept."


class NotAllowed(DatabaseError):
    """This login may not do that."""

    hint = "`polidex db grant --list` shows who has which role; what each may: docs/guide-data-engineer.md."


class NewerDatabase(DatabaseError):
    """A newer Polidex has written this database."""

    hint = "Install the newest Polidex, or name another database."


class OlderDatabase(DatabaseError):
    """The tables of this database are older than this Polidex."""

    hint = "Run `polidex db upgrade`."


class LockedError(DatabaseError):
    """Another process is writing to this database."""

    exit_code = 5
    hint = "Wait until it ends, or name another database."


class DiskFullError(DatabaseError):
    """The disk is full."""

    hint = "Free some space and run the same command again: what was committed is kept."


class RowError(DatabaseError):
    """A row does not fit its table."""


class OtherRows(DatabaseError):
    """The target of a copy holds rows that its source does not have."""

    exit_code = 2
    hint = "Nothing was changed. Name an empty database; or with --replace these rows are deleted."


class CopyDiffers(DatabaseError):
    """The copy is not equal to its source."""

    hint = "Run the same command again; if it ends so again, something else writes to the target."


class QueryError(DatabaseError):
    """The query cannot be answered."""


class ForbiddenQuery(QueryError):
    """Only one statement that reads is allowed: SELECT, WITH, VALUES, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN."""


class QueryTimeout(QueryError):
    """The query took longer than it may."""


class QueryTooLarge(QueryError):
    """The query needs more memory than it may."""


class UnknownQuestion(QueryError):
    """There is no question of that name."""

    exit_code = 2


class UnknownId(DatabaseError):
    """Nothing in the database has that id."""

    exit_code = 2
    hint = "Every row of every view carries the id that `polidex explain` takes."


# Settings


class SettingsError(UsageError):
    """A setting is unknown or not valid."""


# Evaluating


class GoldError(UsageError):
    """The gold cannot be used."""

    hint = "docs/evaluation.md says what a gold file holds; --documents names the folder of its articles."


# Reading. Each becomes a row of `fetch`: `outcome` is what that row says, and the other sources are read all the same.


class ReadError(PolidexError):
    """A source could not be read."""

    outcome: ClassVar[FetchOutcome] = FetchOutcome.PARSE_FAILED

    def __init__(self, message: str | None = None, *, hint: str | None = None, http_status: int | None = None) -> None:
        super().__init__(message, hint=hint)
        self.http_status = http_status
        """What the server answered; None for a file, and where nothing answered."""


class MissingPath(ReadError):
    """There is no such file or folder."""

    outcome = FetchOutcome.GONE
    hint = "Check the path, and the folder from which the command runs."


class NoArticles(ReadError):
    """The folder holds no article."""

    outcome = FetchOutcome.EMPTY
    hint = "Articles are files that end in .txt, .md, .markdown, .html or .htm; hidden files are not read."


class NotAFile(ReadError):
    """This is neither a file nor a folder."""

    outcome = FetchOutcome.NOT_TEXT
    hint = "Save the text in an ordinary file."


class PermissionDenied(ReadError):
    """This may not be read."""

    outcome = FetchOutcome.BLOCKED
    hint = "Give the user who runs Polidex the right to read it."


class UnreadableFile(ReadError):
    """The file could not be read from its disk."""

    outcome = FetchOutcome.UNREACHABLE
    hint = "Check the disk, or the share, that it lies on."


class EmptyDocument(ReadError):
    """There is nothing in it."""

    outcome = FetchOutcome.EMPTY
    hint = "Remove it, or save the article in it again."


class BlankDocument(EmptyDocument):
    """There is only white space in it."""


class TooLarge(ReadError):
    """It is larger than what is read."""

    outcome = FetchOutcome.TOO_LARGE
    hint = "One article is seldom over 100 kB: split the file, or raise limits.file_bytes."


class BinaryFile(ReadError):
    """It is not text."""

    outcome = FetchOutcome.NOT_TEXT
    hint = "Save the article as text, Markdown or HTML."


class BadEncoding(ReadError):
    """It is in no encoding that can be told with confidence."""

    outcome = FetchOutcome.BAD_ENCODING
    hint = "Save it as UTF-8."


class NoArticleText(ReadError):
    """There is no article in it."""

    outcome = FetchOutcome.PARSE_FAILED
    hint = "Save the text of the article by itself as a .txt file."


class BadAddress(ReadError):
    """This is not an address that is fetched."""

    outcome = FetchOutcome.BLOCKED
    hint = "Give an http or https address without a user name or password in it."


class InternalAddress(ReadError):
    """The address leads into a private network."""

    outcome = FetchOutcome.BLOCKED
    hint = "Only public addresses are fetched; save the page as a file instead."


class PageGone(ReadError):
    """The page is not there (any more)."""

    outcome = FetchOutcome.GONE
    hint = "Check the address; what was read from it earlier stays in the database."


class PageRefused(ReadError):
    """The server refuses to give the page."""

    outcome = FetchOutcome.BLOCKED
    hint = "Open it in a browser and save it as a file."


class ServerUnreachable(ReadError):
    """The server does not answer, or failed."""

    outcome = FetchOutcome.UNREACHABLE
    hint = "Check the address and the network, and run again later."


class PageTimedOut(ReadError):
    """The page did not come in time."""

    outcome = FetchOutcome.TIMED_OUT
    hint = "Run again later, or save the page as a file."


class PageUnchanged(ReadError):
    """The server says that the page is as it was."""

    outcome = FetchOutcome.UNCHANGED
    hint = "What was read from it earlier stays as it is."


class BadLine(ReadError):
    """This line or row is not a document."""

    hint = "Mend the line, or name its fields in the source's `fields`; the other lines are read all the same."


class LineGone(ReadError):
    """The line or row is not there any more."""

    outcome = FetchOutcome.GONE
    hint = "What was read from it earlier stays in the database."


class NotAListing(ReadError):
    """What the source gives is not the list of documents that its kind says."""

    hint = "Check its kind and location in polidex.toml: the address of the feed, the sitemap or the list itself."


class NotAPage(ReadError):
    """The server sent something that is not text."""

    outcome = FetchOutcome.NOT_TEXT
    hint = "Give the address of a page with the text of the article."
