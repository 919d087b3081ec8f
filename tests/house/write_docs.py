"""Writes what is generated: .env.example, the README's settings, what is kept, docs/scopes.md, docs/sandbox.md."""

import re
from pathlib import Path

from bot.config import env_example, settings_table
from bot.domain.retention import retention_table
from bot.sandbox.methods_doc import methods_document
from bot.slack.manifest import bot_events, scopes_table, shortcuts_table

ROOT = Path(__file__).parent.parent.parent


def documents() -> dict[Path, str]:
    """Every generated text, by file."""
    readme = (ROOT / "README.md").read_text()
    table = f"<!-- settings -->\n{settings_table()}\n<!-- /settings -->"
    readme = re.sub(r"<!-- settings -->.*<!-- /settings -->", lambda _: table, readme, flags=re.DOTALL)
    scopes = f"""# What the app asks of Slack

`passalong manifest` prints the manifest. These are its bot scopes; nothing else is asked for.

{scopes_table()}

{shortcuts_table()}

The app-level token needs `connections:write`, for Socket Mode.

Events it listens to: {", ".join(f"`{event}`" for event in bot_events())}. Of `message` events only deletions are
looked at, so that a story somebody deleted is not updated any more; texts are never kept.
"""
    privacy = (ROOT / "docs/privacy.md").read_text()
    kept = f"<!-- kept -->\n{retention_table()}\n<!-- /kept -->"
    privacy = re.sub(r"<!-- kept -->.*<!-- /kept -->", lambda _: kept, privacy, flags=re.DOTALL)
    return {
        ROOT / "docs/privacy.md": privacy,
        ROOT / "README.md": readme,
        ROOT / ".env.example": env_example(),
        ROOT / "docs/scopes.md": scopes,
        ROOT / "docs/sandbox.md": methods_document(),
    }


if __name__ == "__main__":
    for path, text in documents().items():
        path.write_text(text)
