"""Pictures as PNG: drawn in a process of its own, so that what draws them weighs on nobody else.

That is the extra `charts`. Without it there is no painter, and nothing here imports it.
"""

import json
import logging
import subprocess
import sys
from dataclasses import asdict
from importlib.util import find_spec

from bot.domain.picture import SaidPicture

log = logging.getLogger(__name__)

PATIENCE = 20
"""Seconds. A busy machine draws in five."""
PNG = b"\x89PNG\r\n\x1a\n"


class Painter:
    """Draws what it is told in words; `patience` in seconds."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience

    def draw(self, picture: SaidPicture) -> bytes | None:
        """A PNG; None when it could not be drawn, which is no reason to wait."""
        drawing = [sys.executable, "-m", "bot.sources.draw_picture"]
        try:
            done = subprocess.run(
                drawing,
                input=json.dumps(asdict(picture)).encode(),
                capture_output=True,
                timeout=self._patience,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as trouble:
            log.warning("The picture could not be drawn (%s)", type(trouble).__name__)
            return None
        if done.returncode != 0 or not done.stdout.startswith(PNG):
            lines = done.stderr.decode(errors="replace").strip().splitlines()
            log.warning("The picture could not be drawn: %s", lines[-1] if lines else done.returncode)
            return None
        return done.stdout


def installed_painter() -> Painter | None:
    """Somebody who draws, where the extra `charts` is there; it is looked for, and not imported."""
    return Painter() if find_spec("matplotlib") is not None else None
