"""What each register holds, how its rows are read, reckoned, checked, carried on and printed; pure."""
