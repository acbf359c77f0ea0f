"""What every emulator shares: clock, state, people, faults, quotas, callbacks out, mixers, control endpoints."""
