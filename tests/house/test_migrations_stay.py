"""A migration that somebody may have run stays as it is: another one behind it changes what it made."""

from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
VERSIONS = HERE.parents[1] / "bot" / "store" / "migrations" / "versions"


def test_each_is_as_it_was_written_down():
    """A new one is written down in migrations.txt, with the first 16 digits of its SHA-256."""
    known = dict(line.split() for line in (HERE / "migrations.txt").read_text().splitlines())
    found = {path.name: sha256(path.read_bytes()).hexdigest()[:16] for path in VERSIONS.glob("0*.py")}
    assert found == known
