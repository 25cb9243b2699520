"""Shape and wording of what is typed into a village's money; no database."""
