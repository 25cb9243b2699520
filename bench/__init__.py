"""Measures: sheets, pages, imports, and a server that is killed while people save."""
