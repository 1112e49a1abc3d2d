"""The codebook is what the schemas say."""

from pathlib import Path

from aqparat.data import schemas
from aqparat.data.codebook import codebook

ROOT = Path(__file__).parents[2]


def test_committed_codebook_is_current():
    assert (ROOT / "data" / "README.md").read_text(encoding="utf-8") == codebook(), "run make codebook"


def test_every_table_and_column_is_described():
    text = codebook()
    for name, schema in schemas.TABLES.items():
        section = text.split(f"### {name}\n")[1].split("\n###")[0]
        for column, described in schema.columns.items():
            shown = f"| **{column}** |" if described.required else f"| {column} |"
            assert shown in section, (name, column)
