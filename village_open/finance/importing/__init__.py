"""Reading a village's ledger out of other people's tables: pure rules, no database, no web.

The door is `reading.read_table`; what it gives is in `results`.
"""
