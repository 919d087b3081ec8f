"""The kinds of deliveries: what each says, and what is noted when it has arrived."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.actions import show_crisis as crisis
from bot.actions.answer_editor import compose_queue_answer
from bot.actions.bring_reaction import compose_heard
from bot.actions.desk import Desk
from bot.actions.hold_promotion import TAKE_BACK, delete_slipped
from bot.actions.invite_champion import compose_invitation, compose_wish
from bot.actions.post_story import (
    change_message,
    compose_story,
    compose_update,
    note_left,
    note_story,
    seed_reaction,
    without_image,
)
from bot.actions.preview_story import compose_preview, note_preview
from bot.actions.rebuild_reactions import look_up_reactions
from bot.actions.remind_later import compose_reminder
from bot.actions.say_notice import compose_introduction, compose_notice
from bot.actions.say_thanks import compose_thanks
from bot.actions.send_answer import (
    ANSWER,
    OUTCOME,
    compose_answer,
    compose_outcome,
    compose_settled,
    compose_under_story,
)
from bot.actions.send_digest import compose_comms_digest, compose_digest, compose_digest_dm
from bot.actions.show_hook import (
    change_hook_card,
    compose_hook,
    compose_hook_update,
    compose_round_up,
    note_hook_card,
    note_hook_left,
)
from bot.actions.show_idea import (
    change_idea_card,
    compose_idea_card,
    compose_idea_card_update,
    note_idea_card,
    note_idea_card_left,
)
from bot.actions.show_picture import note_shown, take_refusal
from bot.actions.show_question import change_card, compose_card, compose_card_update, note_card, note_card_left
from bot.actions.tell_followers import FIRST_PICK, TOPIC, compose_story_out
from bot.actions.tell_senders import IDEA_ANSWER, compose_idea_answer
from bot.domain.deliveries import Delivery
from bot.domain.messages import Message, Posted
from bot.store.engine import Connection
from bot.store.idea_traces import CARD, CARD_UPDATE


@dataclass(frozen=True)
class Kind:
    """How a kind of delivery is made. `compose` answers None when it is not wanted any more.

    `act` None means a new post, which is looked for before it is sent again; an `act` must be harmless twice.
    `left`: it is not wanted any more, but an earlier try is found standing there.
    `catch_up`: it stood there before we knew, and people may have used it.
    `disliked`: Slack does not like its blocks. Something plainer to send instead, or None.
    `was_asked_for`: the person waits for it now, so quiet hours do not apply; nor do they in a crisis.
    `is_promotion`: it waits while there is a crisis. `looks_in_dms`: whether a message whose answer was lost has
    arrived is looked up in the direct messages between that person and us.
    """

    compose: Callable[[Desk, Delivery, datetime], Message | None]
    act: Callable[[Desk, Delivery, Message], Posted] | None = None
    noted: Callable[[Connection, Delivery, Posted, Message, datetime], None] | None = None
    was_asked_for: bool = False
    left: Callable[[Connection, Delivery, Posted, datetime], None] | None = None
    catch_up: Callable[[Desk, Delivery, Posted, datetime], None] | None = None
    disliked: Callable[[Desk, Message, datetime], Message | None] | None = None
    is_promotion: bool = False
    looks_in_dms: bool = False


KINDS: Mapping[str, Kind] = {
    "story": Kind(
        compose_story,
        noted=note_story,
        left=note_left,
        catch_up=look_up_reactions,
        disliked=without_image,
        is_promotion=True,
    ),
    "story_update": Kind(compose_update, act=change_message),
    "seed": Kind(compose_update, act=seed_reaction),
    "notice": Kind(compose_notice),
    "introduction": Kind(compose_introduction),
    "reminder": Kind(compose_reminder, is_promotion=True),
    TOPIC: Kind(compose_story_out, is_promotion=True),
    FIRST_PICK: Kind(compose_story_out, is_promotion=True),
    "preview": Kind(compose_preview, noted=note_preview, was_asked_for=True, disliked=without_image),
    "queue_answer": Kind(compose_queue_answer, was_asked_for=True),
    "digest": Kind(compose_digest, noted=note_shown, disliked=take_refusal, is_promotion=True),
    "digest_dm": Kind(compose_digest_dm, noted=note_shown, disliked=take_refusal, is_promotion=True),
    "comms_digest": Kind(compose_comms_digest, noted=note_shown, disliked=take_refusal, is_promotion=True),
    "thanks": Kind(compose_thanks, is_promotion=True),
    "invitation": Kind(compose_invitation, is_promotion=True),
    "wish": Kind(compose_wish),
    "question": Kind(compose_card, noted=note_card, left=note_card_left),
    "question_update": Kind(compose_card_update, act=change_card),
    "question_settled": Kind(compose_settled),
    "question_story": Kind(compose_under_story),
    ANSWER: Kind(compose_answer),
    OUTCOME: Kind(compose_outcome),
    "heard": Kind(compose_heard),
    CARD: Kind(compose_idea_card, noted=note_idea_card, left=note_idea_card_left),
    CARD_UPDATE: Kind(compose_idea_card_update, act=change_idea_card),
    IDEA_ANSWER: Kind(compose_idea_answer),
    "hook": Kind(compose_hook, noted=note_hook_card, left=note_hook_left),
    "hook_update": Kind(compose_hook_update, act=change_hook_card),
    "hook_round_up": Kind(compose_round_up),
    crisis.CARD: Kind(crisis.compose_crisis_card, noted=crisis.note_crisis_card),
    crisis.CARD_UPDATE: Kind(crisis.compose_crisis_card, act=crisis.change_crisis_card),
    crisis.CHANNEL: Kind(crisis.compose_crisis, noted=crisis.note_crisis, left=crisis.note_crisis_left),
    crisis.CHANNEL_UPDATE: Kind(crisis.compose_crisis_update, act=crisis.change_crisis),
    crisis.PIN: Kind(crisis.compose_crisis_update, act=crisis.pin_crisis, noted=crisis.note_pinned),
    crisis.PERSON: Kind(crisis.compose_crisis, noted=crisis.note_told, was_asked_for=True, looks_in_dms=True),
    crisis.REMINDER: Kind(crisis.compose_crisis_reminder, was_asked_for=True, looks_in_dms=True),
    TAKE_BACK: Kind(crisis.compose_crisis_card, act=delete_slipped),
}
