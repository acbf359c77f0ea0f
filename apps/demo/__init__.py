"""The example data of an empty installation: sandbox accounts, layouts, a task on air and a recording."""
