"""Workbooks as plain Python: dataclasses in, bytes of an xlsx file out.

Nothing here imports Odoo. The papers are statutory, so their words are Vietnamese.
"""
