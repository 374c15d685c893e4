"""Seven children, each written by hand in every format that is read: what is found must not hang on the format.

The truth stands once (`truth.py`), as native case files that carry everything. Each format is written by hand from the
same facts (one module a format), holding only what the format has, and says by hand what that is. `reducing.py` takes
the truth as far as a format goes, `evaluating.py` evaluates both, `matrix.py` compares them.
"""

from datetime import date

AS_AT = date(2019, 3, 31)
"""The day that ends the year of a return and of a census, so that every format can speak for it."""
