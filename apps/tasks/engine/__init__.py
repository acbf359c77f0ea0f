"""Drives tasks at the vendors: from what is wanted to a proven state. Knows no REST and no page.

Read from the top: `worker` (which operation is next) → `operations` (start, update, stop) → `sending` (one plan) →
`reports` (what the vendor said). `polling` requests status; `rate_limiter` keeps the vendors' budgets; `claims` keeps
workers apart; `retry` decides about failures; `ledger` writes what happened; `lifecycle` is the pure state machine.
"""
