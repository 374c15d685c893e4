"""A council's case files, made up: children walk through the service, and each duty on the way is done or slips.

`path` says where a child went, `duties` adds the work that each step asks for, `population` makes many children.
The same seed makes the same files. Nobody in them is real.
"""
