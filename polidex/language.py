"""Which language a text is in."""

from __future__ import annotations

from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_ENOUGH_LETTERS = 60
_ENOUGH_TEXT = 4000  # characters: more make it slower and not surer
_SURE = 0.9


def detect_language(text: str) -> str | None:
    """Tell the language of a text.

    Returns:
        ISO 639-1; None where the text is too short, or the two likeliest languages are too close to each other.
    """
    text = text[:_ENOUGH_TEXT]
    if sum(map(str.isalpha, text)) < _ENOUGH_LETTERS:
        return None
    language, probability = _identifier().classify(text)
    return str(language) if probability >= _SURE else None


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
