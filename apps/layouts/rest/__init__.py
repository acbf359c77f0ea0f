"""REST: layouts/, presets/ and assets/. Viewers read, producers change."""
