"""Aliyun RTC relay (MPU): Start/Update/Stop/GetMPUTask and the stored MPU layouts."""
