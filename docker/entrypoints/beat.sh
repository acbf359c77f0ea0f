#!/bin/sh
# The clock: says when polls and housekeeping are due. Exactly one.
set -eu
cd "$(dirname "$0")/../.."
exec python -m celery --quiet -A celery_worker.app beat --pidfile=
