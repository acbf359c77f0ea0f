"""Volcengine RTC, push of a mixed stream to a CDN."""
