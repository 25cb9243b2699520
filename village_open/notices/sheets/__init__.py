"""The two finance sheets: frozen content in, a printable page in; the browser's preview is the same HTML.

Reading order: `content` (what is printed), `columns` and `rows` (the table), `plan` (which row on which page),
`template` (HTML), `render` (the one door).
"""
