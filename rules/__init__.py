"""The rules of reviewing and rating, as plain Python over plain values.

Nothing here imports Odoo: each function can be read with the decree open beside
it and is tested without a database. A function never raises on bad data; it
returns :class:`~.findings.Finding` objects, which the models show or refuse on.
"""
