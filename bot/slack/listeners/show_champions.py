"""`/passalong champions`, and *See all* in Home: a modal for the editor who asks. Counting comes after the answer."""

from slack_bolt import App

from bot.actions.set_aside import put_back_link, put_back_share
from bot.actions.who_asks import require_editor
from bot.domain.champion_problems import TabNotUnderstood
from bot.slack import ids
from bot.slack.blocks.champions_modal import TABS, counting_view
from bot.slack.draw_champions import draw_champions
from bot.slack.front import Answer, Command, Front, Press, Request
from bot.slack.middleware import on_press


def register(app: App, front: Front) -> None:
    """The button in Home, the tabs, and the pages."""
    on_press(app, front, ids.CHAMPIONS, open_champions)
    for tab in TABS:
        on_press(app, front, tab, lambda press: turn(press, press.what))
    for button in (ids.CHAMPIONS_EARLIER, ids.CHAMPIONS_LATER):
        on_press(app, front, button, lambda press: turn(press, ids.CHAMPIONS_LIST))
    on_press(app, front, ids.PUT_BACK_THERE, put_back)


def champions(command: Command) -> Answer:
    """The window, at the tab whose name was typed behind it."""
    require_editor(command.asker)
    return open_champions(command, _tab(command))


def _tab(command: Command) -> str:
    """In either language; the list when nothing was typed. Raises TabNotUnderstood."""
    typed = " ".join(command.rest.casefold().split())
    words = command.front.words
    ways = {words.say(language, f"comms.tab.{tab}").casefold(): tab for tab in TABS for language in words.texts}
    if typed and typed not in ways:
        raise TabNotUnderstood
    return ways.get(typed, ids.CHAMPIONS_LIST)


def open_champions(request: Request, tab: str = ids.CHAMPIONS_LIST) -> Answer:
    """At once, with a word that it is being counted: after three seconds no modal can be opened any more."""
    require_editor(request.asker)
    front = request.front

    def then() -> None:
        view_id = front.slack.open_view(request.trigger, counting_view(front.words, request.asker.language))
        front.slack.update_view(view_id, draw_champions(request, tab))

    return Answer(then=then)


def turn(press: Press, tab: str) -> Answer:
    """Another tab, or another page."""
    require_editor(press.asker)
    view_id = str((press.view or {})["id"])
    page = ids.parse_number(press.value)
    return Answer(then=lambda: press.front.slack.update_view(view_id, draw_champions(press, tab, page)))


def put_back(press: Press) -> Answer:
    """What was set aside counts again; the tab is drawn anew."""
    name, number = ids.parse_option(press.value)
    act = put_back_link if name == ids.BACK_LINK else put_back_share
    act(press.front.desk, press.asker, number, press.now)
    return turn(press, ids.CHAMPIONS_ASIDE)


COMMANDS = {"champions": champions}
