"""What somebody sees."""

from bot.sandbox.acting.acting import Acting
from bot.sandbox.elements import Typed
from bot.sandbox.state import Json


class Looking(Acting):
    """Copies of what is on a person's screen."""

    def messages(self, user: str, channel: str) -> list[Json]:
        """A channel's messages, oldest first; nothing for who is not in it."""
        with self._w.lock:
            place = self._w.channels[channel]
            return [dict(m) for m in place.messages.values()] if user in place.members else []

    def direct(self, user: str) -> list[Json]:
        """The messages between this person and the app."""
        with self._w.lock:
            return self.messages(user, self._w.direct_channel(user).id)

    def ephemerals(self, user: str, channel: str | None = None) -> list[Json]:
        """What only this person sees, oldest first."""
        with self._w.lock:
            mine = [e for e in self._w.ephemerals if e.user == user and channel in (None, e.channel)]
            return [dict(e.message) for e in mine]

    def views(self, user: str) -> list[Json]:
        """The open modals, the top one last, each as Slack would send it."""
        with self._w.lock:
            return [self._w.view_json(view) for view in self._w.stacks.get(user, [])]

    def home(self, user: str) -> Json | None:
        with self._w.lock:
            home = self._w.homes.get(user)
            return self._w.view_json(home) if home else None

    def state_of(self, user: str, view_id: str) -> Typed:
        """`view.state.values` as it stands."""
        with self._w.lock:
            view = self._w.views[view_id]
            return self._w.view_state(view) if view.user == user else {}

    def errors_of(self, user: str, view_id: str) -> dict[str, str]:
        """The errors shown at a modal's inputs, by block_id."""
        with self._w.lock:
            view = self._w.views[view_id]
            return dict(view.errors) if view.user == user else {}
