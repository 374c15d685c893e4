"""What councils have: one module a format, which says what is taken and by what headings it is known."""
