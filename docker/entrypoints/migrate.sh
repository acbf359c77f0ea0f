#!/bin/sh
# Brings the database and the translations up to this version. Run once before the others start.
set -eu
cd "$(dirname "$0")/../.."
python manage.py migrate --noinput
exec python manage.py compile_catalogs
