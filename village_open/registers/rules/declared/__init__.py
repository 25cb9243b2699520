"""The registers themselves, as data: what is owned, owed, let, given, promised and told."""
