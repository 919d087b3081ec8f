"""What stands in the share modal's inputs."""

from collections.abc import Mapping
from typing import Any

from bot.domain.clean_text import clean
from bot.domain.share_draft import ShareForm
from bot.slack import ids

Values = Mapping[str, Mapping[str, Any]]


def read_share_form(values: Values) -> ShareForm:
    """Read a share modal's state. The block of the ticks carries what was opened in its id, so it is looked for."""
    said = next((block for block in values if block.startswith(ids.SHARE_SAID)), None)
    return ShareForm(
        words=_typed(values, ids.SHARE_WORDS).strip(),
        disclosure=_typed(values, ids.SHARE_DISCLOSURE).strip() if ids.SHARE_DISCLOSURE in values else None,
        ticked=_chosen(values[said][ids.SHARE_SAID]) if said else None,
        networks=_chosen(values[ids.SHARE_NETWORKS][ids.SHARE_NETWORKS]) if ids.SHARE_NETWORKS in values else None,
        mastodon=_typed(values, ids.SHARE_MASTODON).strip(),
    )


def read_post_address(values: Values) -> str:
    """The address in *Already posted it myself*."""
    return _typed(values, ids.POST_ADDRESS).strip()


def _typed(values: Values, name: str) -> str:
    return clean(str(values.get(name, {}).get(name, {}).get("value") or ""))


def _chosen(state: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(option["value"]) for option in state.get("selected_options") or ())
