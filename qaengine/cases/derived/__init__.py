"""Fields worked out at load, once, in plain Python over columns: the same code for rows and for frames."""
