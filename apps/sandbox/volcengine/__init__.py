"""Volcengine RTC, push of a mixed stream to a CDN.

Written from the vendor's pages on StartPushMixedStreamToCDN and its neighbours (docs 6348), versions 2020-12-01 and
2023-11-01.
"""
