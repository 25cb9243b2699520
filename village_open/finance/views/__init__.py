"""The pages of a village's money."""
