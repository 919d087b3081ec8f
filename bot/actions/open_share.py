"""*Share it*: the story and the texts for this person, with the caption whose turn it is."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.which_story import which_story
from bot.actions.who_asks import Asker, remember
from bot.domain.captions import Caption, for_reader
from bot.domain.crisis_desk import OnHold
from bot.domain.people import Person, Preferences, Standing
from bot.domain.problems import StoryExpired
from bot.domain.share_problems import NotOutYet
from bot.domain.share_sheet import ShareSheet
from bot.domain.share_text import country_of, offered_line
from bot.domain.stories import Story, StoryState
from bot.store import crises, shares, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


def open_share(
    desk: Desk, asker: Asker, story_id: int, channel: str | None, now: datetime, dealt: int | None = None
) -> ShareSheet:
    """Deal this person a caption at their first opening; later openings show the same one.

    `channel`: where they pressed; its language counts when the story has no caption in theirs. `dealt`: the id of the
    caption that an open modal shows already, for those of whom nothing is kept.

    Raises:
        StoryGone, StoryCancelled, StoryExpired, NotOutYet, OnHold.
    """

    def work(connection: Connection) -> ShareSheet:
        story = story_to_share(connection, story_id, now)
        person = remember(connection, desk, asker.profile, now)
        captions = _ready(connection, story, asker.language, channel)
        return ShareSheet(
            story=story,
            captions=captions,
            dealt=_dealt(connection, story, captions, person, dealt),
            used=shares.caption_counts(connection, story_id, but=person.id if person else None),
            offered=_offered(connection, desk, asker, story, captions[0].language),
            shares=shares.of_person(connection, story_id, person.id) if person else (),
            preferences=person.preferences if person else Preferences(),
            is_kept=person is not None,
            is_unasked=person is not None and person.standing is Standing.UNASKED,
            totals_only=setup_store.load_setup(connection).totals_only,
        )

    return desk.store.write(work)


def look_at_story(desk: Desk, story_id: int, now: datetime) -> Story:
    """The story alone; nothing is dealt. Raises what `open_share` raises."""
    return desk.store.read(lambda connection: story_to_share(connection, story_id, now))


def story_to_share(connection: Connection, story_id: int, now: datetime) -> Story:
    """The story, when it can be shared now. Raises StoryGone, StoryCancelled, StoryExpired, NotOutYet, OnHold."""
    story = which_story(connection, story_id)
    if story.held_by is not None or crises.stops_promotion(connection):
        raise OnHold
    if story.state is StoryState.EXPIRED or story.is_over(now):
        raise StoryExpired
    if story.state is StoryState.QUEUED:
        raise NotOutYet
    return story


def _ready(connection: Connection, story: Story, language: str, channel: str | None) -> tuple[Caption, ...]:
    place = setup_store.find_channel(connection, channel) if channel else None
    found = for_reader(story.captions, language, place.language if place else None)
    return found or (Caption(None, story.language, story.sentence),)


def _dealt(
    connection: Connection, story: Story, captions: tuple[Caption, ...], person: Person | None, shown: int | None
) -> Caption:
    before = shares.dealt_to(connection, story.id, person.id) if person else shown
    kept = next((caption for caption in captions if caption.id is not None and caption.id == before), None)
    if kept is not None or captions[0].id is None:
        return kept or captions[0]
    caption = stories.deal_caption(connection, story.id, captions)
    if person is not None and caption.id is not None:
        shares.keep_dealt(connection, story.id, person.id, caption.id)
    return caption


def _offered(connection: Connection, desk: Desk, asker: Asker, story: Story, language: str) -> str:
    setup = setup_store.load_setup(connection)
    return offered_line(
        setup.disclosure,
        desk.disclosure,
        language=language,
        country=country_of(asker.profile.locale),
        company=setup.company or desk.me.team_name,
        commercial=story.commercial,
    )
