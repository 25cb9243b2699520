"""The sheets: frozen content in, a printable page in; the browser's preview is the same HTML.

Reading order: `frame` and the contents (`content` of money, `affairs_content` of a matter, `board_content` of the
board), `balance` (whether it may be printed), the tables (`line_table`, `summary_tables`, `money_table`,
`affairs_tables`, `board_tables`), `heights` and `plan` (which row on which page), `dress`, `style` and `template`
(HTML), `pages` and `board_pages` (tables laid on pages), `setting` (how large the type), `render` (the one door).
"""
