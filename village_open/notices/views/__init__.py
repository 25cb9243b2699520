"""The township's pages of a disclosure: previews, issuing, sheets, and the posting register."""
