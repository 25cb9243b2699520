"""The append-only, hash-chained record of deeds: one chain a village, one for the township."""
