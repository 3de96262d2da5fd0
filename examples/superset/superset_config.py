"""What Superset reads when it starts here: all that is of one start is in a folder that goes when it is stopped."""

import os
from pathlib import Path

_FOLDER = Path(os.environ["SUPERSET_HOME"])

# Made at each start, so there is none to keep or to leak.
SECRET_KEY = os.environ["POLIDEX_SUPERSET_KEY"]
SQLALCHEMY_DATABASE_URI = f"sqlite:///{_FOLDER / 'superset.db'}?check_same_thread=false"
# One worker, so its own memory will do. Answers are not kept: what a chart shows is what the database holds now.
RATELIMIT_STORAGE_URI = "memory://"
# A query runs in the process of the page; a minute is far more than any view takes.
SQLLAB_TIMEOUT = 60
SQL_MAX_ROW = 100_000
# People open it on this machine, without TLS.
TALISMAN_ENABLED = False
SESSION_COOKIE_SAMESITE = "Lax"
# Nothing is asked of the network.
MAPBOX_API_KEY = ""
