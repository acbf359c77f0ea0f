"""An emulator of the vendors' clouds over real HTTP, written from the vendors' documents alone.

It shares no code with the adapters, so it cannot share their mistakes. Its state lives in one process: run it in one
web process (the embedded mode does; behind several, give the sandbox a process of its own).
"""
