#!/bin/sh
# Pages, REST and WebSocket. PORT, HOST, WEB_WORKERS (processes), LOG_LEVEL; FORWARDED_ALLOW_IPS names the proxies
# whose X-Forwarded-* headers count.
set -eu
cd "$(dirname "$0")/../.."
# The sandbox lives in one process: its rooms and pictures are threads there.
exec python -m uvicorn apps.config.asgi:application \
    --host "${HOST:-0.0.0.0}" --port "${PORT:-8000}" --workers "${WEB_WORKERS:-1}" \
    --lifespan off --proxy-headers --log-level warning --timeout-graceful-shutdown 10
