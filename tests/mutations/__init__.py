"""Councils' files as they drift: small returns of our own, what may befall them, and whether what is read is true."""
