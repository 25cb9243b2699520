"""Money: periods, lines, receipts, import, statements."""
