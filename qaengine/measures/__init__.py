"""Measures of a cohort: how many, how many of them, how long, and who they are.

What the records show is seen by `evaluate.measuring`; here it is counted, once for both ways of seeing it.
"""
