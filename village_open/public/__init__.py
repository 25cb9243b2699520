"""The residents' door: read, verify, search; no tables, no sign-in, no rights."""
