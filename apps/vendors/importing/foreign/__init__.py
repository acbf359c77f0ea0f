"""Layout payloads of services that Quadbox has no adapter for: recognized by name, their plain geometry read.

`kinds.read` is the entry; a module for each service whose positions are read.
"""
