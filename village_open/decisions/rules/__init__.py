"""The law of meetings in plain functions: who may decide what, with which quorum and majority, in which order."""
