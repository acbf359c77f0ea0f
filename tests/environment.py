"""Loaded by pytest before Django's settings: a state folder of its own for every test process.

With DATABASE_URL set (PostgreSQL), the rest of what production asks for is made up here, Redis included.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from base64 import urlsafe_b64encode

OURS = "unix:///tmp/qb-"
STATE = tempfile.mkdtemp(prefix="qb-", dir="/tmp")  # short: a unix socket lives in it
atexit.register(shutil.rmtree, STATE, ignore_errors=True)

os.environ["QUADBOX_STATE"] = STATE
os.environ.setdefault("SANDBOX_MIXING", "false")
os.environ.setdefault("LOG_LEVEL", "WARNING")
if os.environ.get("DATABASE_URL"):
    os.mkdir(f"{STATE}/static")  # where collectstatic would have put them
    if os.environ.get("REDIS_URL", OURS).startswith(OURS):  # a worker of pytest inherits those of its parent
        os.environ["REDIS_URL"] = f"unix://{STATE}/redis.sock?db=0"
        os.environ["CELERY_BROKER_URL"] = f"redis+socket://{STATE}/redis.sock?virtual_host=1"
    os.environ.setdefault("SECRET_KEY", "only for tests, and different from any other")
    os.environ.setdefault("ENCRYPTION_KEYS", urlsafe_b64encode(b"only for tests, 32 bytes long !!").decode())
    os.environ.setdefault("ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")
    os.environ.setdefault("SANDBOX", "true")
    os.environ.setdefault("SANDBOX_CONTROL_OPEN", "true")
