"""ApsaraVideo Live (ARTC, API `live` 2016-11-01): Start/Update/StopLiveMPUTask, its state, its event subscription."""
