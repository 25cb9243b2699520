"""County, township, village; groups and terms; who may do what; the township's profile."""
