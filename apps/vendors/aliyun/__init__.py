"""Aliyun: how its clouds are called. `wire` is shared, `rtc2` the API `rtc` of generation 2, `live` ApsaraVideo Live."""
