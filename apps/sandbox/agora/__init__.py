"""The emulator of Agora: cloud transcoding, and the notifications about it.

Written from Agora's pages "Cloud Transcoding RESTful API" and "Notification Callback Service".
"""
