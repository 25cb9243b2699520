"""Spreadsheets in and out: `reading` takes files from strangers, `writing` makes ours.

The parsers of untrusted files (`child`, `packages`, `html_tables`, `csv_text`) run in a process of their own, started
and watched by `reading`; nothing else imports them.
"""
