"""The pages of a village's matters."""
