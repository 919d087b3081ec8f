"""One file a feature: parse, act, answer. Each is independent of the others.

A module has `register(app, front)` for its buttons and modals, and `COMMANDS` for its verbs of `/passalong`.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from slack_bolt import App

from bot.slack import ids
from bot.slack.front import Answer, Command, Front
from bot.slack.middleware import on_command

Verb = Callable[[Command], Answer | None]


def register(app: App, front: Front) -> None:
    """Let every listener module register its ids, and join the verbs of the one command."""
    verbs: dict[str, Verb] = {}
    for module in _modules():
        verbs |= getattr(module, "COMMANDS", {})
        if hasattr(module, "register"):
            module.register(app, front)
    on_command(app, front, ids.COMMAND, lambda command: _dispatch(verbs, command))


def _dispatch(verbs: Mapping[str, Verb], command: Command) -> Answer | None:
    """The longest verb that fits (`post now` before `post`); anything else is answered with the help."""
    text = " ".join(f"{command.verb} {command.rest}".split())
    for verb in sorted(verbs, key=len, reverse=True):
        if text.lower() == verb or text.lower().startswith(f"{verb} "):
            return verbs[verb](command.with_rest(text[len(verb) :].strip()))
    return verbs["help"](command)


def _modules() -> list[ModuleType]:
    return [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
