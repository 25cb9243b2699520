"""People and sign-in: login names, passwords, sessions; no e-mail exists in a village."""
