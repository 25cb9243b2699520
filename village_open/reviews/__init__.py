"""A group looks at a thing: marks, answers, recusals, signatures. It knows no finance and no decisions."""
