"""The mixing half of the emulator: draws the picture a vendor's rules give, and writes it as real H.264 + AAC HLS.

Emulators describe what is to be seen as a `scene.Scene` and hand it to `spawn`. PyAV is imported only where something is
written, so that the rest of the sandbox works where it is not installed.
"""
