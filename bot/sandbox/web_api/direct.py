"""The DM between the app and a person, and who cannot have one."""

from bot.sandbox.state import Channel
from bot.sandbox.web_api.call import Call, Refusal


def direct_with(call: Call, user: str) -> Channel:
    """The DM with `user`. Raises cannot_dm_bot, user_disabled, user_not_found."""
    person = call.workspace.people.get(user)
    if person is None:
        raise Refusal("user_not_found")
    if person.is_bot:
        raise Refusal("cannot_dm_bot")
    if person.deleted:
        raise Refusal("user_disabled")
    return call.workspace.direct_channel(user)
