"""What happens by the clock. Every entry expires before the next is due: a slow worker must not pile them up."""

SCHEDULE = {
    "poll-due-tasks": {"task": "apps.tasks.jobs.poll_due", "schedule": 1.0, "options": {"expires": 1.0}},
    "reconcile-wishes": {"task": "apps.tasks.jobs.reconcile", "schedule": 5.0, "options": {"expires": 5.0}},
    "apply-receipts": {"task": "apps.callbacks.jobs.apply_waiting", "schedule": 10.0, "options": {"expires": 10.0}},
    "fetch-missed-callbacks": {
        "task": "apps.callbacks.jobs.fetch_missed",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "heartbeat": {"task": "apps.operations.jobs.heartbeat", "schedule": 10.0, "options": {"expires": 10.0}},
    "trim-live-messages": {"task": "apps.live.jobs.trim", "schedule": 600.0, "options": {"expires": 600.0}},
    "make-posters": {"task": "apps.archive.jobs.make_posters", "schedule": 5.0, "options": {"expires": 5.0}},
    "apply-archive-policies": {
        "task": "apps.archive.jobs.apply_policies",
        "schedule": 3600.0,
        "options": {"expires": 3600.0},
    },
    "sweep-deleted-layouts": {"task": "apps.layouts.jobs.sweep", "schedule": 3600.0, "options": {"expires": 3600.0}},
}
