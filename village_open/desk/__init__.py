"""The staff door: what is due today for me, and overviews over several rooms; no tables."""
