"""What people do with matters, one function a deed."""
