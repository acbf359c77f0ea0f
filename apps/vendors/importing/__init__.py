"""Reading requests back: pasted text, what all readers share, and payloads of services without an adapter."""
