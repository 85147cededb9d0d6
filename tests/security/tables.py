"""The tables of security/ beside what stands in the database."""

import csv
from pathlib import Path

SECURITY = Path(__file__).resolve().parents[2] / "security"
MODULE = "cadre_review"
MODELS = ("ir.model.access", "ir.rule")


def differences(env):
    """What the rights and record rules of the module are that no table says, and what
    a table says that they are not, one a line."""
    return [
        f"{model} {row}"
        for model in MODELS
        for row in sorted(_in_tables(model) ^ _in_database(env, model))
    ]


def _in_tables(model):
    return {
        tuple(
            f"{column}={_as_compared(column, value)}" for column, value in row.items()
        )
        for row in _rows(model)
    }


def _in_database(env, model):
    columns = list(_rows(model)[0])
    ids = env["ir.model.data"].search([("module", "=", MODULE), ("model", "=", model)])
    records = env[model].with_context(active_test=False).browse(ids.mapped("res_id"))
    exported = records.export_data([name.replace(":", "/") for name in columns])
    return {
        tuple(
            f"{column}={_as_compared(column, value)}"
            for column, value in zip(columns, row, strict=True)
        )
        for row in exported["datas"]
    }


def _as_compared(column, value):
    """As the tables write it: 1 and 0, our own ids without the module."""
    if isinstance(value, bool):
        return str(int(value))
    if column == "model_id:id":
        # a model has an id from each module that extends it
        return value.rpartition(".")[2]
    return ",".join(part.removeprefix(f"{MODULE}.") for part in value.split(","))


def _rows(model):
    rows = []
    for path in sorted(SECURITY.glob(f"*/{model}.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return rows
