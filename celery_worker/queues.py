"""Which work goes where: wishes of people before polls, polls before housekeeping."""

from kombu.entity import Queue

QUEUES = (Queue("wishes"), Queue("default"), Queue("polls"))
ROUTES = {
    "apps.tasks.jobs.carry_out": {"queue": "wishes"},
    "apps.tasks.jobs.poll_due": {"queue": "polls"},
    "apps.tasks.jobs.poll": {"queue": "polls"},
}
