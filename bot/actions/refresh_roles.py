"""Who is an editor by membership: of the comms channel (while it is private and ours alone), or of a user group."""

import logging

from bot.actions.desk import Desk
from bot.domain.problems import Refused, SlackTrouble

log = logging.getLogger(__name__)


def refresh_roles(desk: Desk) -> None:
    """Ask Slack who the members are now. When Slack does not answer, what was known stays."""
    setup = desk.setup()
    members: set[str] = set()
    warning = None
    try:
        if setup.comms_channel and setup.editors_by_channel:
            facts = desk.messenger.channel(setup.comms_channel)
            if facts.is_private and not facts.is_shared:
                members.update(desk.messenger.members(setup.comms_channel))
            else:
                warning = "comms_channel_open"
        if setup.editor_group:
            members.update(desk.messenger.group_members(setup.editor_group))
    except Refused as refused:
        warning = refused.reason
    except SlackTrouble as trouble:
        log.warning("Could not look up who the editors are: %s", trouble)
        return
    desk.roles.members = frozenset(members - {desk.me.user})
    desk.roles.warning = warning
