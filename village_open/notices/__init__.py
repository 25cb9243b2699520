"""Frozen disclosures, their sheets, print runs and postings."""
