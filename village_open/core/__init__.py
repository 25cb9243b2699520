"""Pure Python: no database, no web, no clock but the one asked for."""
