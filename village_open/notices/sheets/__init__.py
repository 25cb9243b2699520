"""The two finance sheets: frozen content in, a printable page in; the browser's preview is the same HTML.

Reading order: `content` (what is printed), `balance` (whether it may be), the tables (`line_table`, `summary_tables`,
`money_table`), `heights` and `plan` (which row on which page), `template` (HTML), `render` (the one door).
"""
