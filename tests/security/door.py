"""Who can send us something: colleagues, and people of whom nothing may be kept; and what they make up."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.actions.refresh_roles import refresh_roles
from bot.domain.captions import Caption
from bot.domain.stories import StoryDraft
from bot.sandbox.company import Person
from bot.slack import ids
from bot.store import setup as setup_store
from bot.store import stories
from bot.store.tables import metadata
from tests.conftest import Stand
from tests.slack.share_desk import ShareDesk

STRANGER = Person("U0FARAWAY", "far", "Far Away", team_id="T0ELSEWHERE")


class Door:
    """People at the door with payloads of their own making."""

    def __init__(self, stand: Stand) -> None:
        self.stand, self.desk = stand, ShareDesk(stand)
        self.out = self.desk.post()
        self.queued = self._queued()
        self.people = self._people()
        stand.settle()

    def _queued(self) -> int:
        draft = replace_draft(self.desk, "https://example.com/next")
        return self.stand.house.store.write(lambda c: stories.add(c, draft, None, self.stand.clock()))

    def _people(self) -> dict[str, str]:
        workspace, staff = self.stand.workspace, self.stand.company.staff
        guest, gone, colleague = staff[-2].id, staff[9].id, self.desk.anna
        workspace.people[STRANGER.id] = STRANGER
        workspace.people[gone] = replace(workspace.people[gone], deleted=True)
        setup = setup_store.load_setup
        changed = replace(
            self.stand.house.store.read(setup), editors=(gone, STRANGER.id, "U0CALENDAR"), comms_channel="C0COMMS"
        )
        self.stand.house.store.write(lambda c: setup_store.save_setup(c, changed, self.stand.clock()))
        workspace.channels["C0COMMS"].members += [guest, STRANGER.id, gone]
        refresh_roles(self.stand.house.desk)
        return {
            "colleague": colleague,
            "guest": guest,
            "leaver": gone,
            "stranger": STRANGER.id,
            "bot": "U0CALENDAR",
            "the app itself": self.stand.company.bot_user,
            "nobody": "U0NOBODY0",
        }

    def kept(self) -> dict[str, list[Any]]:
        """Everything in the database but what the machinery writes for itself."""
        left_out = {"inbox", "beats", "deliveries", "job_runs", "alembic_version"}
        tables = [table for table in metadata.sorted_tables if table.name not in left_out]
        return self.stand.house.store.read(
            lambda c: {table.name: sorted(map(repr, c.execute(select(table)))) for table in tables}
        )

    def seen(self, user: str) -> str:
        """All that this person sees of the app: windows, whispers, Home."""
        shown = [self.stand.acts.views(user), [m.get("blocks") for m in self.stand.acts.ephemerals(user)]]
        return json.dumps(shown, ensure_ascii=False)

    def clear(self, user: str) -> None:
        self.stand.workspace.stacks.pop(user, None)
        self.stand.workspace.ephemerals.clear()

    def press(self, user: str, action_id: str, value: str, **more: Any) -> Any:
        """As if the button stood in a message in the channel."""
        room = self.stand.workspace.channels[self.desk.channel]
        message = {"ts": "1.2", "text": "x", "blocks": []}
        action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value, **more}
        payload = self._by(
            user, self.stand.sandbox.interactions.press_in_message(self.desk.anna, room, message, action, {})
        )
        return self.send("interactive", payload)

    def press_in_window(self, user: str, action_id: str, note: str, **values: Any) -> Any:
        view = self.stand.workspace.make_view(self.desk.anna, modal(ids.SHARE_FORM, note))
        action = {"type": "button", "action_id": action_id, "block_id": "b", "value": values.pop("value", "1")}
        payload = self._by(user, self.stand.sandbox.interactions.press_in_view(self.desk.anna, view, action))
        payload["view"]["state"] = {"values": values}
        return self.send("interactive", payload)

    def submit(self, user: str, callback_id: str, note: str, values: Any) -> Any:
        view = self.stand.workspace.make_view(self.desk.anna, modal(callback_id, note))
        payload = self._by(user, self.stand.sandbox.interactions.submission(self.desk.anna, view))
        payload["view"]["state"] = {"values": values}
        return self.send("interactive", payload)

    def type(self, user: str, text: str) -> Any:
        room = self.stand.workspace.channels[self.desk.channel]
        payload = self.stand.sandbox.interactions.command(self.desk.anna, room, ids.COMMAND, text)
        return self.send("slash_commands", self._by(user, payload))

    def send(self, kind: str, payload: Any) -> Any:
        envelope = self.stand.sandbox.socket.request(kind, json.loads(json.dumps(payload)))
        self.stand.settle()
        assert envelope.acked, "whoever it is gets an answer"
        return envelope.payload

    def _by(self, user: str, payload: Any) -> Any:
        """The same payload, by somebody else; what opens views and answers is theirs."""
        text = json.dumps(payload).replace(self.desk.anna, user)
        changed = json.loads(text)
        person = self.stand.workspace.people.get(user)
        changed["trigger_id"] = self.stand.workspace.new_trigger(user)
        if "response_url" in changed:
            changed["response_url"] = self.stand.workspace.new_response_url(user, self.desk.channel)
        if "user" in changed and person is not None:
            changed["user"] = {"id": user, "username": "x", "team_id": person.team_id}
        return changed


def modal(callback_id: str, note: str) -> dict[str, Any]:
    block = {"type": "input", "block_id": "title", "label": {"type": "plain_text", "text": "Title"}}
    block["element"] = {"type": "plain_text_input", "action_id": "title"}
    body = {"type": "modal", "callback_id": callback_id, "private_metadata": note, "blocks": [block]}
    return {**body, "title": {"type": "plain_text", "text": "A form"}}


def replace_draft(desk: ShareDesk, link: str) -> Any:
    due = desk.clock() + timedelta(days=9)
    captions = (Caption(None, "en", "One"),)
    return StoryDraft(link, "The next one", "A sentence.", "en", captions, channels=(desk.channel,), due_at=due)


FORMS = {
    ids.STORY_FORM: (
        '{"channel": null, "story": null, "version": 0}',
        {
            **{
                name: {name: {"type": "plain_text_input", "value": text}}
                for name, text in {
                    "link": "https://example.com/forged",
                    "title": "Forged",
                    "sentence": "Forged.",
                    "caption_1": "Forged",
                }.items()
            },
        },
    ),
    ids.OUTCOME_FORM: ("1", {ids.OUTCOME_TEXT: {ids.OUTCOME_TEXT: {"value": "Forged"}}}),
    ids.THANKS_FORM: ("1", {ids.THANKS_TEXT: {ids.THANKS_TEXT: {"value": "Forged"}}}),
    ids.INVITE_FORM: ("1", {}),
    ids.IDEA_ANSWER: (
        "1",
        {
            ids.IDEA_READY: {ids.IDEA_READY: {"selected_option": None}},
            ids.IDEA_WORDS: {ids.IDEA_WORDS: {"value": "Forged"}},
            ids.IDEA_SIGN: {ids.IDEA_SIGN: {"selected_options": []}},
        },
    ),
    ids.ASIDE_FORM: (f"{ids.ASIDE_LINK}:1 1", {ids.ASIDE_REASON: {ids.ASIDE_REASON: {"value": "Forged"}}}),
    ids.ANSWER_FORM: ("1", {ids.ANSWER_TEXT: {ids.ANSWER_TEXT: {"value": "Forged"}}}),
    ids.CLOSE_FORM: (
        "1",
        {
            ids.CLOSE_WHY: {ids.CLOSE_WHY: {"selected_option": {"value": "not_yet"}}},
            ids.CLOSE_WORDS: {ids.CLOSE_WORDS: {"value": "Forged"}},
        },
    ),
    ids.CRISIS_START_FORM: ("outage:exercise", {}),
    ids.CRISIS_FILL_FORM: (
        "1",
        {
            f"{ids.CRISIS_STATEMENT}en": {f"{ids.CRISIS_STATEMENT}en": {"value": "Forged"}},
            f"{ids.CRISIS_CONTACT}en": {f"{ids.CRISIS_CONTACT}en": {"value": None}},
            ids.CRISIS_NEXT: {ids.CRISIS_NEXT: {"value": "30"}},
        },
    ),
    ids.CRISIS_TELL_FORM: ("1", {}),
    ids.CRISIS_UPDATE_FORM: (
        "1",
        {
            f"{ids.CRISIS_NEWS}en": {f"{ids.CRISIS_NEWS}en": {"value": "Forged"}},
            ids.CRISIS_NEXT: {ids.CRISIS_NEXT: {"value": None}},
        },
    ),
    ids.CRISIS_CHECKLIST_FORM: ("1::", {}),
    ids.CRISIS_END_FORM: ("1", {}),
    ids.CRISIS_LESSONS_FORM: ("1", {ids.CRISIS_LEARNED: {ids.CRISIS_LEARNED: {"value": "Forged"}}}),
    ids.SETUP_STEP: ("digest:0", {"digest_day": {"digest_day": {"selected_option": {"value": "1"}}}}),
}
