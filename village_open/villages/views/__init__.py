"""The pages of places and people; each module is one corner of the township office's desk."""
