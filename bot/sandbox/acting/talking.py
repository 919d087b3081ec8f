"""Commands, shortcuts, messages and reactions."""

import re
from dataclasses import replace

from bot.sandbox.acting.acting import DONE, TROUBLE, Acting, Outcome
from bot.sandbox.blocks_check import check_message
from bot.sandbox.company import Person
from bot.sandbox.images import bad_images
from bot.sandbox.responses import answer
from bot.sandbox.state import Json


class Talking(Acting):
    """What is typed, said and reacted with."""

    def command(self, user: str, channel: str, text: str) -> Outcome:
        """Type a slash command, such as "/passalong queue". In a DM the channel is its id."""
        command, _, rest = text.strip().partition(" ")
        if command == "/invite":
            return self._invite(user, channel, rest)
        if command not in {c["command"] for c in self._w.commands}:
            return Outcome(False, error=f"{command} is not a valid command.")
        if self._w.people[user].team_id != self._w.team_id:
            return Outcome(False, error=f"{command} is not a valid command.")
        if user not in self._w.channels[channel].members:
            return Outcome(False, error="not_in_channel")
        place = self._w.channels[channel]
        payload = self._sandbox.interactions.command(user, place, command, self._escaped(rest.strip()))
        outcome = self._send("slash_commands", payload, f'{command} failed with the error "dispatch_failed"')
        return self._show_answer(user, channel, outcome) if outcome.acked else outcome

    def _invite(self, user: str, channel: str, who: str) -> Outcome:
        """Slack's own command: `/invite @passalong`, of somebody who is in the channel."""
        found = self._called(who.strip().removeprefix("@").casefold())
        if found is None:
            return Outcome(False, error=f"I couldn't find anybody called {who.strip() or '…'}.")
        if user not in self._w.channels[channel].members or self._w.channels[channel].kind == "im":
            return Outcome(False, error="not_in_channel")
        self._w.join(found.id, channel, inviter=user)
        return DONE

    def _called(self, name: str) -> Person | None:
        """Who is here under this name, which Slack writes small."""
        return next((p for p in self._w.people.values() if p.name == name and not p.deleted), None)

    def _escaped(self, text: str) -> str:
        """As with should_escape: @name and #channel become ids, & < > entities; addresses stay plain text."""
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        text = re.sub(r"(?<![\w&;])@([\w.'-]+)", self._mention, text)
        return re.sub(r"(?<![\w&;/])#([\w-]+)", self._channel_link, text)

    def _mention(self, match: re.Match[str]) -> str:
        found = self._called(match[1])
        if found:
            return f"<@{found.id}|{found.name}>"
        group = next((g for g in self._w.groups.values() if g.handle == match[1]), None)
        return f"<!subteam^{group.id}|@{group.handle}>" if group else match[0]

    def _channel_link(self, match: re.Match[str]) -> str:
        found = next((c for c in self._w.channels.values() if c.name == match[1] and c.kind != "im"), None)
        return f"<#{found.id}|{found.name if found.kind == 'channel' else ''}>" if found else match[0]

    def _show_answer(self, user: str, channel: str, outcome: Outcome) -> Outcome:
        body = outcome.payload or {}
        if not body.get("text") and not body.get("blocks"):
            return outcome
        if body.get("blocks"):
            bad = bad_images(body["blocks"], self._w.images)
            error, reasons = check_message(body["blocks"], bad, self._w.files)
            if error:
                return replace(outcome, error=f"{error}: {'; '.join(reasons)}")
        answer(self._w, user, channel, body)
        return outcome

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Post a message as a person; its ts. Raises ValueError in a channel they are not in."""
        with self._w.lock:
            if user not in self._w.channels[channel].members or self._w.channels[channel].archived:
                raise ValueError("not_in_channel")
            message: Json = {"user": user, "text": text, "client_msg_id": f"msg-{self._w.next_number()}"}
            if thread_ts:
                message["thread_ts"] = thread_ts
            return str(self._w.add_message(channel, message)["ts"])

    def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Change one's own message."""
        self._w.change_message(channel, ts, {"text": text, "edited": {"user": user, "ts": self._w.next_ts()}})

    def delete(self, channel: str, ts: str) -> None:
        """Take a message away, as its author or an admin can."""
        self._w.delete_message(channel, ts)

    def react(self, user: str, channel: str, ts: str, emoji: str) -> Outcome:
        return self._reaction(user, channel, ts, emoji, remove=False)

    def unreact(self, user: str, channel: str, ts: str, emoji: str) -> Outcome:
        return self._reaction(user, channel, ts, emoji, remove=True)

    def _reaction(self, user: str, channel: str, ts: str, emoji: str, *, remove: bool) -> Outcome:
        with self._w.lock:
            place = self._w.channels[channel]
            if user not in place.members or ts not in place.messages or place.archived:
                return Outcome(False, error="not_in_channel" if user not in place.members else "message_not_found")
            try:
                self._w.react(channel, ts, emoji.strip(":"), user, remove=remove)
            except ValueError as refused:
                return Outcome(False, error=str(refused))
        return DONE

    def shortcut(self, user: str, channel: str, ts: str, callback_id: str) -> Outcome:
        """A shortcut from a message's menu."""
        with self._w.lock:
            place = self._w.channels[channel]
            if user not in place.members or ts not in place.messages:
                return Outcome(False, error="message_not_found")
            payload = self._sandbox.interactions.message_shortcut(user, place, place.messages[ts], callback_id)
        return self._send("interactive", payload, TROUBLE)

    def global_shortcut(self, user: str, callback_id: str) -> Outcome:
        """A shortcut from the search bar or the plus button."""
        return self._send("interactive", self._sandbox.interactions.global_shortcut(user, callback_id), TROUBLE)
