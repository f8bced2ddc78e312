"""Subjects, their names and aliases, and territories."""

from groundswell.catalog.catalog import Catalog
from groundswell.catalog.identity import Kind, NameRow, by_rule, names_table, read_names
from groundswell.catalog.subject import Subject, read_subjects
from groundswell.catalog.territory import WORLDWIDE, code_of, name_of

__all__ = [
    "WORLDWIDE",
    "Catalog",
    "Kind",
    "NameRow",
    "Subject",
    "by_rule",
    "code_of",
    "name_of",
    "names_table",
    "read_names",
    "read_subjects",
]
