"""`/passalong export`: the editors' files, in their messages with the app."""

from bot.actions.export_figures import Sheet, export_figures
from bot.actions.export_stories import COLUMNS, export_stories
from bot.actions.who_asks import require_editor
from bot.slack.front import Answer, Command
from bot.slack.tell import tell


def export(command: Command) -> Answer:
    """Counted and sent after the answer: a company's history takes its time."""
    require_editor(command.asker)
    return Answer(text=command.say("sheets.coming"), then=lambda: _hand_over(command))


def _hand_over(command: Command) -> None:
    front = command.front
    with front.hand_overs.once(command.user, command.what, command.now) as wanted:
        if not wanted:
            return
        heads = [command.say(f"home.column.{column}") for column in COLUMNS]
        figures = export_figures(
            front.desk, command.asker, lambda name: command.say(f"sheets.column.{name}"), command.now
        )
        files = {"stories": export_stories(front.desk, command.asker, heads, command.now)}
        files |= {name.value: content for name, content in figures.items()}
        named = {
            f"{command.say(f'sheets.file.{name}')}-{command.now:%Y-%m-%d}.csv": content
            for name, content in files.items()
        }
        word = "sheets.with_people" if Sheet.PEOPLE in figures else "sheets.totals"
        front.slack.hand_over_files(command.user, command.say(word), named)
        tell(command, command.say("sheets.sent"))


COMMANDS = {"export": export}
