"""The emulator of Aliyun: `wire` is the gateway, `rtc2` the API `rtc` of generation 2, `live` ApsaraVideo Live.

Written from the API references of both versions (operations, error codes, tables of layouts and encodings).
"""
