"""Relay tasks (MPU) of generation 2: a channel mixed, or one stream, pushed to an RTMP URL."""
