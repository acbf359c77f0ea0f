"""`python -m apps.sandbox.engine.mixer JOB_DIR`: one job, until it is told to stop."""

from apps.sandbox.engine.mixer.record import main

raise SystemExit(main())
