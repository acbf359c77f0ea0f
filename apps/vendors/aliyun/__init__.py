"""Aliyun: how its RTC cloud is spoken to (API `rtc`, 2018-01-11, generation 2)."""
