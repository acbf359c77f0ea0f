"""Cloud recording of Aliyun RTC: its tasks, files and templates."""
