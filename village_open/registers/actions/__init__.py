"""Deeds with registers: rows saved and taken out, carried into the next period, brought in from a file."""

from village_open.registers.actions.carrying import carry_rows
from village_open.registers.actions.importing import ImportedRows, import_rows
from village_open.registers.actions.places import RowInput
from village_open.registers.actions.saving import Saved, save_rows

__all__ = ["ImportedRows", "RowInput", "Saved", "carry_rows", "import_rows", "save_rows"]
