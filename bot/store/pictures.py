"""Pictures of digests as files in Slack: which file shows which, so that none goes up twice and none is left over."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, exists, or_, select, update

from bot.domain.deliveries import DeliveryState
from bot.domain.picture import Upload, UploadState
from bot.store.rows import insert_or_ignore, upsert
from bot.store.tables import deliveries, pictures, settings

CHARTS = "charts"
"""The setting that says when Slack refused a chart."""
DIGESTS = ("digest", "comms_digest", "digest_dm")


def find(connection: Connection, key: str) -> Upload | None:
    """What became of this picture."""
    row = connection.execute(select(pictures).where(pictures.c.key == key)).first()
    return None if row is None else _upload(row)


def begin(connection: Connection, key: str, now: datetime) -> bool:
    """It is to be uploaded. False when somebody else was first."""
    return insert_or_ignore(connection, pictures, key=key, state=UploadState.UPLOADING, tries=1, at=now)


def begin_again(connection: Connection, upload: Upload, now: datetime) -> bool:
    """Whoever was at it died, or Slack was away. False when somebody else was first."""
    same = and_(pictures.c.key == upload.key, pictures.c.state == upload.state, pictures.c.tries == upload.tries)
    values = {"state": UploadState.UPLOADING, "file": None, "tries": upload.tries + 1, "at": now}
    return connection.execute(update(pictures).where(same).values(**values)).rowcount == 1


def note_lost(connection: Connection, key: str, at: datetime) -> None:
    """This try came to nothing; as if it was begun at `at`."""
    mine = and_(pictures.c.key == key, pictures.c.state == UploadState.UPLOADING)
    connection.execute(update(pictures).where(mine).values(at=at))


def note_file(connection: Connection, key: str, file: str) -> None:
    """Slack keeps a place for it."""
    connection.execute(update(pictures).where(pictures.c.key == key).values(file=file))


def note_whole(connection: Connection, key: str, file: str, now: datetime) -> None:
    """It is there."""
    mine = and_(pictures.c.key == key, pictures.c.file == file)
    connection.execute(update(pictures).where(mine).values(state=UploadState.WHOLE, at=now))


def note_shown(connection: Connection, file: str, now: datetime) -> None:
    """A message shows it."""
    connection.execute(update(pictures).where(pictures.c.file == file).values(state=UploadState.SHOWN, at=now))


def give_up(connection: Connection, key: str, now: datetime) -> None:
    """Nothing is to show it any more; what shows it already goes on doing so."""
    mine = and_(pictures.c.key == key, pictures.c.state != UploadState.SHOWN)
    connection.execute(update(pictures).where(mine).values(state=UploadState.GIVEN_UP, at=now))


def unused(connection: Connection, before: datetime) -> list[Upload]:
    """Those that nothing shows, and that nothing will: all digests are out, and they have waited since before then."""
    digest = or_(*(deliveries.c.kind == kind for kind in DIGESTS))
    is_open = deliveries.c.state.in_((DeliveryState.WAITING, DeliveryState.CLAIMED))
    idle = and_(pictures.c.state != UploadState.SHOWN, pictures.c.at < before, ~exists().where(digest, is_open))
    return [_upload(row) for row in connection.execute(select(pictures).where(idle).order_by(pictures.c.key))]


def forget(connection: Connection, upload: Upload) -> None:
    """Its file is gone."""
    same = and_(pictures.c.key == upload.key, pictures.c.state == upload.state, pictures.c.tries == upload.tries)
    connection.execute(delete(pictures).where(same))


def forget_before(connection: Connection, moment: datetime) -> None:
    """A message that shows one goes on doing so."""
    connection.execute(delete(pictures).where(pictures.c.at < moment, pictures.c.state == UploadState.SHOWN))


def charts_refused_at(connection: Connection) -> datetime | None:
    """When Slack refused a chart last; None when it draws them, as far as is known."""
    return connection.execute(select(settings.c.changed_at).where(settings.c.name == CHARTS)).scalar()


def note_charts_refused(connection: Connection, now: datetime) -> None:
    """Slack draws no charts here."""
    upsert(connection, settings, {"name": CHARTS}, {"value": False, "version": 1, "changed_at": now})


def forget_charts_refused(connection: Connection) -> None:
    """It may have been something else that Slack refused."""
    connection.execute(delete(settings).where(settings.c.name == CHARTS))


def _upload(row: Row[Any]) -> Upload:
    return Upload(row.key, UploadState(row.state), row.file, row.tries, row.at)
