"""The generic words of page furniture, by language: what newspapers anywhere print around an article.

Only words that any site may use stand here: no site, place, person or event has a name in this file. They come
second: what a line is follows first from its shape and place (see `furniture.py`), and a language that is missing
here loses only what the shape alone cannot tell. All entries are lower case.
"""

from __future__ import annotations

from collections.abc import Iterable


def _all(by_language: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words of every language, the longest first, so that a phrase is tried before its first word."""
    return _longest_first(word for words in by_language.values() for word in words)


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


# The colon of most scripts, and the wide one of East Asia, as a pattern.
COLON = r"\s*[:\uFF1A]\s*"

# What stands before the name of an author.
BYLINE = _all(
    {
        "en": (
            "by",
            "authored by",
            "written by",
            "words by",
            "text by",
            "story by",
            "reported by",
            "author",
            "authors",
        ),
        "de": ("von", "autor", "autorin", "autoren"),
        "fr": ("par", "auteur", "auteure", "rédigé par", "propos recueillis par"),
        "es": ("por", "autor", "autora", "escrito por"),
        "pt": ("por", "autor", "autora", "texto de"),
        "it": ("di", "autore", "autrice", "a cura di"),
        "nl": ("door", "auteur"),
        "pl": ("autor", "autorka", "napisał", "napisała"),
        "cs": ("autor", "autorka"),
        "tr": ("yazan", "yazar", "haber"),
        "id": ("oleh", "penulis"),
        "ru": ("автор", "авторы", "текст"),
        "uk": ("автор", "автори", "текст"),
        "kk": ("автор", "авторы"),
        "ar": ("بقلم", "كتب", "كتبت"),
        "fa": ("نویسنده",),
        "zh": ("作者", "记者", "記者"),
        "ja": ("著者", "執筆", "文"),
        "ko": ("글", "기자"),
    }
)

# What stands between two names of authors.
AND = ("and", "und", "et", "y", "e", "en", "i", "a", "ve", "dan", "и", "и", "та", "және", "و", "和", "と")

# Words that say what the person in a byline does, or where they write from: the rest of the line is not a name.
AUTHOR_ROLE = (
    "editor", "correspondent", "reporter", "writer", "columnist", "staff", "analyst", "contributor", "journalist",
    "redakteur", "redakteurin", "korrespondent", "korrespondentin", "correspondant", "correspondante", "rédaction",
    "journaliste", "corresponsal", "redacción", "redactor", "redactora", "correspondente", "redação",
    "corrispondente", "redazione", "корреспондент", "редактор", "обозреватель", "журналист", "muhabir", "muhabiri",
    "redaktor",
)  # fmt: skip
FROM_PLACE = ("in", "at", "from", "for", "aus", "à", "en", "em", "da", "w", "в", "из", "для", "з")

# What stands before the date on which an article appeared, and before the date on which it was last changed.
PUBLISHED = _all(
    {
        "en": ("published on", "published at", "published", "publication date", "posted on", "posted",
               "first published", "date published", "date", "released"),
        "de": ("veröffentlicht am", "veröffentlicht", "erschienen am", "erstellt am", "stand", "datum"),
        "fr": ("publié le", "publié", "mis en ligne le", "date de publication", "paru le"),
        "es": ("publicado el", "publicado", "fecha de publicación", "fecha"),
        "pt": ("publicado em", "publicado", "data de publicação"),
        "it": ("pubblicato il", "pubblicato", "data"),
        "nl": ("gepubliceerd op", "gepubliceerd", "geplaatst op"),
        "pl": ("opublikowano", "data publikacji"),
        "tr": ("yayınlanma tarihi", "yayın tarihi", "yayınlandı", "giriş"),
        "id": ("diterbitkan", "dipublikasikan"),
        "ru": ("опубликовано", "дата публикации", "дата"),
        "uk": ("опубліковано", "дата публікації"),
        "kk": ("жарияланған күні", "жарияланды"),
        "ar": ("نشر في", "تاريخ النشر", "نشر"),
        "zh": ("发布时间", "发表于", "發布時間"),
        "ja": ("公開日", "掲載"),
    }
)  # fmt: skip
UPDATED = _all(
    {
        "en": ("last updated on", "last updated", "updated on", "updated at", "updated", "last modified", "modified"),
        "de": ("zuletzt aktualisiert am", "zuletzt aktualisiert", "aktualisiert am", "aktualisiert"),
        "fr": ("mis à jour le", "mise à jour le", "mis à jour", "modifié le"),
        "es": ("actualizado el", "última actualización", "actualizado"),
        "pt": ("atualizado em", "última atualização", "atualizado"),
        "it": ("aggiornato il", "ultimo aggiornamento", "aggiornato"),
        "nl": ("bijgewerkt op", "bijgewerkt", "gewijzigd op"),
        "pl": ("aktualizacja", "zaktualizowano"),
        "tr": ("son güncelleme", "güncelleme", "güncellendi"),
        "id": ("diperbarui",),
        "ru": ("обновлено", "последнее обновление"),
        "uk": ("оновлено",),
        "kk": ("жаңартылды",),
        "ar": ("آخر تحديث", "تحديث"),
        "zh": ("更新时间", "更新於"),
        "ja": ("更新日", "更新"),
    }
)

# What stands in front of the day on which somebody copied the page: never the day of publication.
COPIED = _all(
    {
        "en": ("this page was saved on", "page saved on", "page saved", "saved on", "saved", "date saved",
               "last accessed on", "last accessed", "accessed on", "accessed", "date accessed", "access date",
               "retrieved on", "retrieved at", "retrieved", "date retrieved", "crawled on", "crawled at", "crawled",
               "crawl date", "archived from the original on", "archived on", "archived at", "archived",
               "downloaded on", "downloaded", "captured on", "captured at", "captured", "capture date",
               "snapshot taken on", "snapshot of", "snapshot", "cached on", "cached", "printed on", "printed",
               "today is", "copied on"),
        "de": ("abgerufen am", "aufgerufen am", "zuletzt abgerufen am", "gespeichert am", "archiviert am", "zugriff am",
               "heruntergeladen am"),
        "fr": ("consulté le", "page consultée le", "enregistré le", "archivé le", "téléchargé le", "récupéré le"),
        "es": ("consultado el", "fecha de consulta", "guardado el", "archivado el", "descargado el", "recuperado el"),
        "pt": ("acessado em", "consultado em", "salvo em", "arquivado em"),
        "it": ("consultato il", "salvato il", "archiviato il"),
        "nl": ("geraadpleegd op", "opgeslagen op", "gearchiveerd op"),
        "pl": ("dostęp", "data dostępu", "zapisano", "zarchiwizowano"),
        "ru": ("дата обращения", "дата сохранения", "сохранено", "страница сохранена", "архивировано", "загружено"),
        "uk": ("дата звернення", "збережено", "архівовано"),
    }
)  # fmt: skip

# What stands, before a colon, in front of the outlet that an article was taken from.
SOURCE = ("source", "sources", "quelle", "fuente", "fonte", "bron", "źródło", "zdroj", "kaynak", "sumber", "источник",
          "джерело", "дереккөз", "المصدر", "来源", "來源", "出典", "출처")  # fmt: skip

# How a note about the author opens, below the article.
WRITER_NOTE = (
    "the writer is", "the writers are", "the author is", "the authors are", "about the author", "der autor ist",
    "die autorin ist", "über den autor", "l'auteur est", "l’auteur est", "à propos de l'auteur", "el autor es",
    "la autora es", "sobre el autor", "o autor é", "a autora é", "sobre o autor", "l'autore è", "l’autore è",
    "об авторе", "про автора", "о автору", "o autorze", "yazar hakkında",
)  # fmt: skip

# What asks the reader for something on behalf of the site.
CALL = (
    "subscribe to our", "subscribe to the", "sign up for our", "sign up via", "sign up to our", "follow us on",
    "our newsletter", "our telegram", "our whatsapp", "download our app", "we use cookies", "uses cookies",
    "support our journalism", "abonnez-vous", "suivez-nous", "abonnieren sie", "folgen sie uns", "unseren newsletter",
    "suscríbete", "suscríbase", "síguenos", "assine nossa", "inscreva-se", "siga-nos", "iscriviti alla", "seguici su",
    "schrijf je in", "volg ons", "zapisz się do", "bizi takip edin", "abone olun", "подпишитесь", "подписывайтесь",
    "підпишіться", "підписуйтесь", "жазылыңыз", "تابعونا", "اشترك في", "关注我们", "订阅我们",
)  # fmt: skip

# Lines that are furniture as a whole, or up to a colon.
LABEL = (
    "advertisement", "ad", "sponsored", "sponsored content", "share", "share this", "share this article", "read more",
    "read also", "also read", "see also", "related", "photo", "photos", "image", "picture", "credit", "caption",
    "tags", "print", "e-mail", "comments", "letters to the editor", "corrections", "leave a comment",
    "exit mobile version", "skip to content", "back to top", "anzeige", "werbung", "teilen", "mehr lesen",
    "lesen sie auch", "foto", "fotos", "bild", "schlagwörter", "publicité", "partager", "lire aussi", "lire la suite",
    "à lire aussi", "crédit photo", "publicidad", "compartir", "leer más", "lea también", "lea además", "etiquetas",
    "publicidade", "compartilhar", "leia mais", "leia também", "pubblicità", "condividi", "leggi anche", "reklama",
    "czytaj także", "czytaj też", "udostępnij", "reklam", "paylaş", "baca juga", "реклама", "поделиться",
    "читайте также", "читать далее", "фото", "теги", "читайте також", "поділитися", "сондай-ақ оқыңыз", "إعلان",
    "شارك", "اقرأ أيضا", "广告", "分享", "広告", "광고",
)  # fmt: skip

# Headings of what follows an article: everything below them is about other articles, or by readers.
END_LABEL = (
    "related news", "related articles", "related stories", "related posts", "related topics", "latest news",
    "more news", "more stories", "most read", "most popular", "trending", "you may also like", "recommended",
    "about the author", "comments", "leave a comment", "leave a reply", "mehr zum thema",
    "das könnte sie auch interessieren", "kommentare", "meistgelesen", "sur le même sujet", "articles similaires",
    "les plus lus", "commentaires", "noticias relacionadas", "te puede interesar", "lo más leído", "comentarios",
    "notícias relacionadas", "mais lidas", "comentários", "articoli correlati", "potrebbe interessarti", "commenti",
    "ilgili haberler", "yorumlar", "berita terkait", "похожие новости", "похожие материалы", "новости по теме",
    "материалы по теме", "последние новости", "комментарии", "схожі новини", "останні новини", "коментарі",
    "ұқсас жаңалықтар", "соңғы жаңалықтар", "پیوندهای مرتبط", "أخبار ذات صلة", "相关新闻", "相關新聞", "関連記事",
    "관련 기사",
)  # fmt: skip

# Words of a site's menu, when they are a line of their own.
MENU = (
    "home", "menu", "search", "login", "log in", "sign in", "register", "subscribe", "contact", "contact us",
    "about us", "startseite", "suche", "anmelden", "accueil", "rechercher", "connexion", "inicio", "buscar", "início",
    "cerca", "strona główna", "szukaj", "ana sayfa", "beranda", "главная", "поиск", "войти", "головна", "пошук",
    "басты бет", "الرئيسية", "首页", "首頁", "ホーム",
)  # fmt: skip

# A label that a site's software puts behind a headline.
AFTER_TITLE = ("featured",)
