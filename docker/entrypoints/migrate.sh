#!/bin/sh
# Brings the database, the translations and (where STATIC_ROOT may be written: the image holds them already) the
# static files up to this version. Run once before the others start.
set -eu
cd "$(dirname "$0")/../.."
python manage.py migrate --noinput
python manage.py compile_catalogs
if [ -n "${STATIC_ROOT:-}" ] && mkdir -p "$STATIC_ROOT" && [ -w "$STATIC_ROOT" ]; then
    python manage.py collectstatic --noinput
fi
