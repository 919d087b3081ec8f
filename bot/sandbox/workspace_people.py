"""The people and user groups of a workspace, as Slack shows them."""

from zoneinfo import ZoneInfo

from bot.sandbox.company import DEPARTMENT_FIELD, Group, Person
from bot.sandbox.state import Json
from bot.sandbox.workspace_base import WorkspaceBase, short


class People(WorkspaceBase):
    """Who is there."""

    def add_person(self, person: Person) -> None:
        """Somebody new; tells the app with `team_join`."""
        with self.lock:
            self.people[person.id] = person
            self.emit({"type": "team_join", "user": self.user_json(person.id, locale=True)}, None)
        self.bump()

    def change_person(self, person: Person) -> None:
        """The same id with other properties; tells the app with `user_change`."""
        with self.lock:
            self.people[person.id] = person
            self.updated[person.id] = int(self.now().timestamp())
            user = self.user_json(person.id, locale=True)
            self.emit({"type": "user_change", "user": user, "cache_ts": self.updated[person.id]}, None)
        self.bump()

    def user_json(self, user: str, *, locale: bool = False) -> Json:
        """A person as `users.info` shows them. The e-mail only with its scope."""
        p = self.people[user]
        zone = ZoneInfo(p.tz)
        offset = self.now().astimezone(zone).utcoffset()
        shown: Json = {
            "id": p.id,
            "team_id": p.team_id,
            "name": p.name,
            "deleted": p.deleted,
            "color": "9f69e7",
            "real_name": p.real_name,
            "tz": p.tz,
            "tz_label": p.tz.split("/")[-1].replace("_", " "),
            "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
            "profile": self.profile_json(user),
            "is_admin": p.is_admin,
            "is_owner": p.is_admin,
            "is_primary_owner": False,
            "is_restricted": bool(p.guest),
            "is_ultra_restricted": p.guest == "single",
            "is_bot": p.is_bot and p.id != "USLACKBOT",
            "is_app_user": False,
            "updated": self.updated.get(user, 1_700_000_000),
            "is_email_confirmed": not p.is_bot,
            "who_can_share_contact_card": "EVERYONE",
        }
        if p.team_id != self.team_id:
            shown["is_stranger"] = True
        elif locale:
            shown["locale"] = p.locale
        return shown

    def profile_json(self, user: str) -> Json:
        p = self.people[user]
        first, _, last = p.real_name.partition(" ")
        # Most people leave it empty, as in Slack; then the full name is shown.
        display = first if not p.is_bot and p.id.endswith("5") else ""
        profile: Json = {
            "title": p.title,
            "phone": "",
            "real_name": p.real_name,
            "real_name_normalized": p.real_name,
            "display_name": display,
            "display_name_normalized": display,
            "first_name": first,
            "last_name": last,
            "status_text": "",
            "status_emoji": "",
            "status_expiration": 0,
            "avatar_hash": short(p.id)[:12],
            "team": p.team_id,
            "image_48": f"{self.url}static/avatar-48.png",
            "image_192": f"{self.url}static/avatar-192.png",
        }
        if p.is_bot:
            profile |= {"bot_id": self.bot_id if p.id == self.bot_user else "B0OTHER", "api_app_id": ""}
        elif "users:read.email" in self.granted_scopes:
            profile["email"] = f"{p.name}@{self.company.domain}.example"
        return profile

    def profile_fields(self, user: str) -> Json:
        """The custom fields: the department."""
        department = self.people[user].department
        return {DEPARTMENT_FIELD: {"value": department, "alt": ""}} if department else {}

    def user_ref(self, user: str) -> Json:
        """The short form of a person in interaction payloads."""
        p = self.people[user]
        return {"id": p.id, "username": p.name, "name": p.name, "team_id": p.team_id}

    def change_group(self, group: Group) -> None:
        """A user group with other members; tells the app with `subteam_members_changed`."""
        with self.lock:
            before = set(self.groups[group.id].members) if group.id in self.groups else set[str]()
            self.groups[group.id] = group
            added, removed = sorted({*group.members} - before), sorted(before - {*group.members})
            event: Json = {"type": "subteam_members_changed", "subteam_id": group.id, "team_id": self.team_id}
            event |= {"date_update": self.clock_seconds(), "added_users_count": len(added)}
            self.emit(event | {"added_users": added, "removed_users": removed}, None)
        self.bump()
