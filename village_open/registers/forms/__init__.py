"""Reading what people type into a register, or hand in as a file."""
