"""The Web API: every method the bot calls, a file an API family."""

from bot.sandbox.web_api import auth, chat, conversations, files, pins, reactions, team, usergroups, users, views
from bot.sandbox.web_api.call import Method

FAMILIES = (auth, chat, conversations, reactions, pins, users, usergroups, team, views, files)


def methods() -> dict[str, Method]:
    """All methods by name."""
    return {method.name: method for family in FAMILIES for method in family.METHODS}
