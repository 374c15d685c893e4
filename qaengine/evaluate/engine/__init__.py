"""The vectorised engine: every standard on every child at once, in Narwhals on Polars.

`run.run` is the way in. The reference (`evaluate.reference`) says what everything means; this says it in columns.
"""
