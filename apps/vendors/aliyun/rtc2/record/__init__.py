"""Aliyun RTC cloud recording: Start/Update/StopRecordTask, record templates, FileCreated."""
