"""`/passalong help`: what can be said, and to whom it is open."""

from bot.slack.front import Answer, Command


def show_help(command: Command) -> Answer:
    """The commands; those of comms only for editors."""
    parts = [command.say("help.everyone")]
    if command.asker.is_editor:
        parts.append(command.say("help.editors"))
    if command.asker.is_admin:
        parts.append(command.say("help.admins"))
    if command.verb not in {"", "help"}:
        parts.insert(0, command.say("help.unknown"))
    return Answer(text="\n\n".join(parts))


COMMANDS = {"help": show_help}
