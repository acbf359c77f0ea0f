#!/bin/sh
# Carries out wishes and polls the clouds. As many as you like, on as many machines; WORKER_CONCURRENCY processes each.
# WORKER_LOG_LEVEL=INFO (read by the settings) names every job: several lines a second.
set -eu
cd "$(dirname "$0")/../.."
exec python -m celery --quiet -A celery_worker.app worker \
    --pool prefork --concurrency "${WORKER_CONCURRENCY:-4}" --queues "${WORKER_QUEUES:-wishes,default,polls}" \
    --hostname "worker-$$@%h"
