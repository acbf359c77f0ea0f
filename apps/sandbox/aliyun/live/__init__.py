"""ApsaraVideo Live 2016-11-01: relay and mixing of ARTC rooms, its tasks, its event subscription."""
