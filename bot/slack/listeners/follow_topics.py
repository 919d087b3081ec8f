"""Hear of stories as they go out: *Tell me the moment it's out* on Home, and the way back in the message."""

from slack_bolt import App

from bot.actions.pick_first import pick_first
from bot.actions.show_home import show_home
from bot.actions.tell_followers import stop_following
from bot.slack import ids
from bot.slack.front import Answer, Front, Press
from bot.slack.middleware import on_press
from bot.slack.mrkdwn import escape


def register(app: App, front: Front) -> None:
    """Both buttons."""
    on_press(app, front, ids.PICK_FIRST, pick)
    on_press(app, front, ids.UNFOLLOW, unfollow)


def pick(press: Press) -> Answer:
    """Home says that it is noted; a story that went out meanwhile stands there to be shared."""
    waits = pick_first(press.front.desk, press.asker, ids.parse_number(press.value), press.now)
    note = "topics.pick.done" if waits else "topics.pick.is_out"
    return Answer(then=lambda: show_home(press.front.desk, press.user, press.now, note))


def unfollow(press: Press) -> Answer:
    """No more of these topics."""
    topics = [topic for topic in press.value.split("\n") if topic]
    stop_following(press.front.desk, press.user, topics)
    said = press.front.words.list(press.asker.language, [f"*{escape(topic)}*" for topic in topics])
    return Answer(text=press.say("topics.stopped", topics=said))
