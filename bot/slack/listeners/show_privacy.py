"""`/passalong privacy`: what is kept of whoever asks, for them alone; and all of it as a file."""

from slack_bolt import App

from bot.actions.look_at_privacy import gather_own_data, look_at_privacy
from bot.slack import ids
from bot.slack.blocks.privacy import privacy_blocks, privacy_text
from bot.slack.front import Answer, Command, Front, Press, Request
from bot.slack.middleware import on_press
from bot.slack.tell import tell


def register(app: App, front: Front) -> None:
    """The button under it; leaving, joining and deleting are those of Home."""
    on_press(app, front, ids.OWN_DATA, send_file)


def privacy(command: Command) -> Answer:
    """What is kept, how long, and who sees it."""
    return _shown(command)


def send_file(press: Press) -> Answer:
    """All of it as JSON, in their messages with the app. Nothing is noted of it, so it is said when it has arrived."""

    def hint(flag: str) -> str:
        return press.say(f"champions.flag.{flag}")

    found = gather_own_data(press.front.desk, press.asker, press.now, hint)
    if found is None:
        return _shown(press)
    return Answer(then=lambda: _hand_over(press, found))


def _hand_over(press: Press, content: bytes) -> None:
    name = f"{press.say('privacy.file.name')}-{press.now:%Y-%m-%d}.json"
    with press.front.hand_overs.once(press.user, press.what, press.now) as wanted:
        if wanted:
            press.front.slack.hand_over_file(press.user, name, press.say("privacy.file.title"), content)
            tell(press, press.say("privacy.file.sent"))


def _shown(request: Request) -> Answer:
    front = request.front
    found = look_at_privacy(front.desk, request.asker, request.now)
    return Answer(text=privacy_text(front.words, found), blocks=privacy_blocks(front.words, found))


COMMANDS = {"privacy": privacy}
