"""A server killed with kill -9 at random moments while clerks save and the township issues."""
