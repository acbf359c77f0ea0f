"""Aliyun RTC 2018-01-11, generation 2: layouts, record templates, recording tasks.

Written from the API reference of the version (operations, error codes, tables of layouts and encodings).
"""
