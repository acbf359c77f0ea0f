"""Aliyun RTC, generation 2: stored layouts, room events, and its two services, `mpu` (relay) and `record`."""
