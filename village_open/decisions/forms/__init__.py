"""Shape and wording of what is typed about a village's matters; no database."""
