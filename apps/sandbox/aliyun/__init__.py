"""Aliyun RTC 2018-01-11, generation 2: layouts, record templates, recording tasks."""
