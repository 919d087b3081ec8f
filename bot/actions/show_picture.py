"""How a digest shows its picture: as Slack's own chart; where Slack has none, as a file; else its text says the same.

Nothing is waited for here. What has to be waited for puts the delivery back, and each time round goes one step on, so
that a lease never runs out over it.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NoReturn, TypeVar

from bot.actions.desk import Desk
from bot.domain.deliveries import Delivery
from bot.domain.fault_points import FaultPoint, reached
from bot.domain.messages import CommsDigestPost, DigestPost, Drawn, Message, Posted
from bot.domain.picture import (
    CHARTS_REFUSED,
    LOOKED_AT,
    LOOKS_EVERY,
    MOST_TRIES,
    TAKES_LONG,
    SaidPicture,
    Upload,
    UploadState,
)
from bot.domain.problems import OutcomeUnknown, Refused, ScopeMissing, TokenRefused, TryLater
from bot.store import pictures
from bot.store.engine import Connection

log = logging.getLogger(__name__)

NAME = "week.png"
Post = TypeVar("Post", DigestPost, CommsDigestPost)
SETTLES = timedelta(minutes=10)
"""So long after its last change a file that nothing shows is deleted."""


def show_picture(desk: Desk, post: Post, now: datetime) -> Post:
    """This digest as it can be shown now. Raises TryLater while its picture is on the way."""
    if post.digest.picture is None:
        return post
    if not desk.store.read(lambda connection: _refuses_charts(connection, now)):
        return replace(post, drawn=Drawn())
    if desk.painter is None:
        return post
    said = desk.messenger.say_picture(post)
    file = _file_of(desk, said, now)
    return post if file is None else replace(post, drawn=Drawn(file, said.key))


def take_refusal(desk: Desk, message: Message, now: datetime) -> Message | None:
    """Slack did not like the blocks of a digest. What to send instead; None when the picture is not to blame.

    Raises TryLater when another way of showing it is to be tried.
    """
    assert isinstance(message, DigestPost | CommsDigestPost)
    drawn = message.drawn
    if drawn is None:
        desk.store.write(pictures.forget_charts_refused)
        return None
    if drawn.file is None:
        log.warning("Slack takes no charts here; the picture is tried as a file")
        desk.store.write(lambda connection: pictures.note_charts_refused(connection, now))
        raise TryLater(0.0, "Slack takes no charts")
    key = drawn.key
    upload = desk.store.read(lambda connection: pictures.find(connection, key))
    if upload is not None and upload.state is UploadState.WHOLE and now - upload.at < LOOKED_AT:
        raise TryLater(LOOKS_EVERY, "Slack looks at the picture")
    log.warning("Slack does not show the picture; the digest goes without it")
    desk.store.write(lambda connection: pictures.give_up(connection, key, now))
    return replace(message, drawn=None)


def note_shown(connection: Connection, delivery: Delivery, posted: Posted, said: Message, now: datetime) -> None:
    """The file stays: a message shows it."""
    drawn = said.drawn if isinstance(said, DigestPost | CommsDigestPost) else None
    if drawn is not None and drawn.file is not None:
        pictures.note_shown(connection, drawn.file, now)


def drop_pictures(desk: Desk, now: datetime) -> None:
    """Delete the files that no message shows, and that none will. Twice does no harm."""
    for upload in desk.store.read(lambda connection: pictures.unused(connection, now - SETTLES)):
        _forget(desk, upload)


def _forget(desk: Desk, upload: Upload) -> None:
    _drop(desk, upload)
    desk.store.write(lambda connection: pictures.forget(connection, upload))


def _refuses_charts(connection: Connection, now: datetime) -> bool:
    refused_at = pictures.charts_refused_at(connection)
    return refused_at is not None and now - refused_at < CHARTS_REFUSED


def _file_of(desk: Desk, said: SaidPicture, now: datetime) -> str | None:
    """The file that shows it; None when none will."""
    upload = desk.store.read(lambda connection: pictures.find(connection, said.key))
    if upload is None:
        if desk.store.write(lambda connection: pictures.begin(connection, said.key, now)):
            _upload(desk, said, now)
        raise TryLater(LOOKS_EVERY, "the picture is on its way")
    if upload.state is not UploadState.UPLOADING:
        return None if upload.state is UploadState.GIVEN_UP else upload.file
    if now - upload.at < TAKES_LONG:
        raise TryLater(LOOKS_EVERY, "the picture is on its way")
    _upload_again(desk, said, upload, now)
    raise TryLater(LOOKS_EVERY, "the picture is on its way")


def _upload_again(desk: Desk, said: SaidPicture, upload: Upload, now: datetime) -> None:
    if upload.tries >= MOST_TRIES:
        _give_up(desk, said, now)
        return
    # Whether it arrived is not known, so it goes: by its id, which was kept before it was sent.
    _drop(desk, upload)
    if desk.store.write(lambda connection: pictures.begin_again(connection, upload, now)):
        _upload(desk, said, now)


def _upload(desk: Desk, said: SaidPicture, now: datetime) -> None:
    """Draw it and bring it to Slack, to no channel. Whatever goes wrong, the digest does not wait for it for long.

    Raises TryLater.
    """
    assert desk.painter is not None
    content = desk.painter.draw(said)
    if content is None:
        _give_up(desk, said, now)
        return
    try:
        file, address = desk.messenger.open_upload(NAME, len(content), said.alt)
        desk.store.write(lambda connection: pictures.note_file(connection, said.key, file))
        desk.messenger.finish_upload(file, address, said.title, content)
    except (Refused, ScopeMissing) as refused:
        log.warning("Slack does not take the picture (%s); digests go without it", refused)
        _give_up(desk, said, now)
        return
    except TokenRefused:
        raise
    except (TryLater, OutcomeUnknown) as trouble:
        _later(desk, said, trouble, now)
    reached(FaultPoint.PICTURE_UPLOADED)
    desk.store.write(lambda connection: pictures.note_whole(connection, said.key, file, now))


def _later(desk: Desk, said: SaidPicture, trouble: TryLater | OutcomeUnknown, now: datetime) -> NoReturn:
    """Once more, at once if Slack likes; what Slack wants longer for than it may look at a file is not waited for."""
    seconds = trouble.seconds if isinstance(trouble, TryLater) else LOOKS_EVERY
    if seconds > LOOKED_AT.total_seconds():
        _give_up(desk, said, now)
    else:
        desk.store.write(lambda connection: pictures.note_lost(connection, said.key, now - TAKES_LONG))
    raise TryLater(min(seconds, LOOKS_EVERY), f"the picture: {trouble}") from trouble


def _drop(desk: Desk, upload: Upload) -> None:
    try:
        if upload.file is not None:
            desk.messenger.drop_file(upload.file)
    except OutcomeUnknown as lost:
        raise TryLater(LOOKS_EVERY, str(lost)) from lost


def _give_up(desk: Desk, said: SaidPicture, now: datetime) -> None:
    desk.store.write(lambda connection: pictures.give_up(connection, said.key, now))
