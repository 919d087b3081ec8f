"""What an editor does with a hook: queue it, later, not this, call it good or bad, hear no more of a word or source."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil

from bot.actions.desk import Desk
from bot.actions.learn_from_hooks import lessons_now
from bot.actions.show_hook import owe_update
from bot.actions.suggest_idea import take_up_idea
from bot.actions.who_asks import Asker, require_editor
from bot.domain.hook_cards import LATER, HookGone, HookKnown, HookState, KeptHook, Mood, Mutes
from bot.domain.hook_lessons import Lesson
from bot.domain.ideas import LONGEST_LINK, LONGEST_WHY, Suggestion, of_hook
from bot.domain.stories import StoryDraft
from bot.store import editor_steps, hooks, stories
from bot.store import people as people_store
from bot.store import setup as setup_store
from bot.store.engine import Connection

IN_MINUTES = timedelta(minutes=10)
FIVE = 300
BEST_FOR = timedelta(hours=8)
"""A hook that nobody posts today is no hook any more."""


def draft_from_hook(desk: Desk, asker: Asker, hook_id: int, now: datetime) -> StoryDraft:
    """The form filled in: out in the next minutes, and not for long. Raises NotForYou, HookGone."""
    require_editor(asker)
    kept = desk.store.read(lambda connection: _open(connection, hook_id))
    due_at = datetime.fromtimestamp(ceil((now + IN_MINUTES).timestamp() / FIVE) * FIVE, now.tzinfo)
    hook = kept.hook
    return StoryDraft(hook.link, hook.title, "", hook.language, due_at=due_at, best_before=due_at + BEST_FOR)


def note_queued(connection: Connection, who: str | None, hook_id: int, story_id: int, now: datetime) -> None:
    """In the transaction that queues a story: it was made of this. One that was queued before keeps its first story."""
    kept = hooks.find(connection, hook_id)
    if (
        kept is not None
        and kept.story_id is None
        and hooks.change(connection, kept, HookState.QUEUED, story_id=story_id)
    ):
        _note(connection, who, kept.id, HookState.QUEUED, now)


def say_later(desk: Desk, asker: Asker, hook_id: int, now: datetime) -> None:
    """It comes back in three hours. Raises NotForYou, HookGone."""
    _answer(desk, asker, hook_id, HookState.LATER, now, not_before=now + LATER)


def say_not_this(desk: Desk, asker: Asker, hook_id: int, now: datetime) -> tuple[Lesson, ...]:
    """Nothing more is heard of this event, whoever brings it. Answers what that taught. Raises NotForYou, HookGone."""
    before = {lesson.key for lesson in desk.store.read(lambda connection: lessons_now(connection, now))}
    _answer(desk, asker, hook_id, HookState.NOT_THIS, now)
    after = desk.store.read(lambda connection: lessons_now(connection, now))
    return tuple(lesson for lesson in after if lesson.key not in before)


def turn_into_idea(desk: Desk, asker: Asker, hook_id: int, now: datetime) -> None:
    """It waits with the other ideas, without a sender: nobody is thanked for it, and nobody told.

    Raises NotForYou, HookGone, HookKnown when that page is a story already.
    """

    def work(connection: Connection, kept: KeptHook) -> None:
        hook = kept.hook
        story = stories.find_link(connection, hook.link) if hook.link else None
        if story is not None:
            raise HookKnown(title=story.title)
        why = hook.title if hook.summary in ("", hook.title) else f"{hook.title}\n{hook.summary}"
        suggestion = Suggestion(hook.link[:LONGEST_LINK], why[:LONGEST_WHY], is_credited=False)
        comms = setup_store.load_setup(connection).comms_channel
        take_up_idea(connection, None, suggestion, of_hook(hook_id, kept.found_at), comms, now)

    _answer(desk, asker, hook_id, HookState.IDEA, now, also=work)


def call_it(desk: Desk, asker: Asker, hook_id: int, mood: Mood, now: datetime) -> None:
    """Good, bad or mixed for us. Raises NotForYou, HookGone."""
    _answer(desk, asker, hook_id, HookState.CARD, now, mood=mood)


def mute(desk: Desk, asker: Asker, now: datetime, *, word: str = "", source: str = "") -> bool:
    """Hear no more of it. Answers whether that is new. Raises NotForYou."""
    return _set_mutes(desk, asker, now, lambda muted: _with(_without(muted, word, source), word, source))


def unmute(desk: Desk, asker: Asker, now: datetime, *, word: str = "", source: str = "") -> bool:
    """Hear of it again. Answers whether it was muted. Raises NotForYou."""
    return _set_mutes(desk, asker, now, lambda muted: _without(muted, word, source))


def mute_of(desk: Desk, asker: Asker, hook_id: int, now: datetime, *, is_word: bool) -> str:
    """Mute the first word, or the first source, of a hook; answers which. Raises NotForYou, HookGone."""
    require_editor(asker)
    hook = desk.store.read(lambda connection: _open(connection, hook_id)).hook
    what = hook.found[0].word.text if is_word and hook.found else hook.sources[0]
    if is_word and hook.found:
        mute(desk, asker, now, word=what)
    else:
        mute(desk, asker, now, source=what)
    return what


def _answer(
    desk: Desk,
    asker: Asker,
    hook_id: int,
    state: HookState,
    now: datetime,
    also: Callable[[Connection, KeptHook], None] | None = None,
    **values: object,
) -> None:
    """`also`: what belongs to it, in the same transaction."""
    require_editor(asker)

    def work(connection: Connection) -> None:
        kept = _open(connection, hook_id)
        if not hooks.change(connection, kept, state, **values):
            raise HookGone
        if also is not None:
            also(connection, kept)
        person = people_store.by_user(connection, asker.user)
        _note(connection, person.key if person else None, hook_id, state, now)

    desk.store.write(work)
    desk.wake()


def _open(connection: Connection, hook_id: int) -> KeptHook:
    """One that nobody dealt with yet. Raises HookGone."""
    kept = hooks.find(connection, hook_id)
    if kept is None or kept.state is not HookState.CARD:
        raise HookGone
    return kept


def _note(connection: Connection, who: str | None, hook_id: int, state: HookState, now: datetime) -> None:
    owe_update(connection, hook_id, now)
    editor_steps.note(connection, who, "hook", now, state=str(state))


def _set_mutes(desk: Desk, asker: Asker, now: datetime, changed: Callable[[Mutes], Mutes]) -> bool:
    require_editor(asker)

    def work(connection: Connection) -> bool:
        hooks.hold(connection)
        before = hooks.mutes(connection)
        after = changed(before)
        if set(after.words) == set(before.words) and set(after.sources) == set(before.sources):
            return False
        hooks.save_mutes(connection, after, now)
        return True

    return desk.store.write(work)


def _with(muted: Mutes, word: str, source: str) -> Mutes:
    words = (*muted.words, word) if word else muted.words
    return replace(muted, words=words, sources=(*muted.sources, source) if source else muted.sources)


def _without(muted: Mutes, word: str, source: str) -> Mutes:
    return Mutes(
        tuple(each for each in muted.words if each.casefold() != word.casefold()),
        tuple(each for each in muted.sources if each.casefold() != source.casefold()),
    )
