"""Coming and going."""

from dataclasses import replace

from bot.sandbox.acting.acting import DONE, Acting, Outcome
from bot.sandbox.state import Json


class Moving(Acting):
    """Who opens what, who is where."""

    def open_home(self, user: str, tab: str = "home") -> Outcome:
        """Open the app's Home (or its "messages" tab)."""
        with self._w.lock:
            event: Json = {"type": "app_home_opened", "user": user, "tab": tab, "event_ts": self._w.next_ts()}
            event["channel"] = self._w.direct_channel(user).id
            if user in self._w.homes:
                event["view"] = self._w.view_json(self._w.homes[user])
            self._w.emit(event, None)
        return DONE

    def join(self, user: str, channel: str) -> Outcome:
        self._w.join(user, channel)
        return DONE

    def leave(self, user: str, channel: str) -> Outcome:
        self._w.leave(user, channel)
        return DONE

    def invite_bot(self, channel: str, by: str) -> Outcome:
        """/invite @Passalong"""
        self._w.join(self._w.bot_user, channel, inviter=by)
        return DONE

    def remove_bot(self, channel: str) -> Outcome:
        """/remove @Passalong"""
        self._w.leave(self._w.bot_user, channel)
        return DONE

    def deactivate(self, user: str) -> Outcome:
        """The account is closed: out of all channels, `user_change` with deleted."""
        with self._w.lock:
            for channel in self._w.channels.values():
                if channel.kind != "im":
                    self._w.leave(user, channel.id)
            self._w.change_person(replace(self._w.people[user], deleted=True))
        return DONE
