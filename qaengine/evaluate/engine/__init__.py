"""The vectorised engine: every standard on every child at once, on Polars, in what Narwhals has too (`frames`).

`run.run` is the way in. The reference (`evaluate.reference`) says what everything means; this says it in columns.
"""
