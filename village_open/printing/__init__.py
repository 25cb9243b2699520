"""Paper: HTML in, archival PDF out; every fault on a sheet becomes a named error before it is printed."""
