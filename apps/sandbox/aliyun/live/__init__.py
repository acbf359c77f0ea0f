"""ApsaraVideo Live 2016-11-01: relay and mixing of ARTC rooms, its tasks, its event subscription.

Written from the API reference of the version: StartLiveMPUTask and its neighbours, RtcMPUEventSub.
"""
