"""Every error string that the sandbox can answer is sorted, and each is in one place only."""

import re
from pathlib import Path

import pytest

from bot.domain.problems import BlocksRefused, Cause, OutcomeUnknown, Refused, ScopeMissing, TokenRefused, TryLater
from bot.slack import refusals
from bot.slack.manifest import METHOD_SCOPES
from bot.slack.problems import word_of

SANDBOX = Path("bot/sandbox")
REFUSAL = re.compile(r"Refusal\(\s*(?:f?\"([a-z_{}]+)\"|error)")
NAMED = re.compile(r"(?:error(?:: str)? = |required\([^)]*, |channel\(|own_message\(call, |data\([^)]*, )\"([a-z_]+)\"")
CHECKED = re.compile(r"return \"([a-z]+_[a-z_]+)\"|raise ValueError\(\"([a-z_]+)\"\)")


def strings() -> set[str]:
    """Every error in the Web API's code, those with a place in them filled in."""
    found: set[str] = set()
    files = [*(SANDBOX / "web_api").glob("*.py"), SANDBOX / "blocks_check.py", SANDBOX / "workspace_messages.py"]
    for path in files:
        text = path.read_text()
        for pattern in (REFUSAL, NAMED, CHECKED):
            for groups in pattern.findall(text):
                found |= {part for part in ([groups] if isinstance(groups, str) else groups) if part}
    return {filled for error in found for filled in ({error} if "{" not in error else filled_in(error))}


def filled_in(error: str) -> set[str]:
    return {re.sub(r"{[a-z_]+}", name, error) for name in ("oldest", "latest")}


def test_there_are_many():
    assert {"restricted_action", "is_archived", "user_disabled", "expired_trigger_id", "invalid_blocks"} <= strings()
    assert len(strings()) > 50


@pytest.mark.parametrize("error", sorted(strings()))
def test_every_error_of_the_sandbox_is_sorted(error):
    assert refusals.is_sorted(error), f"{error} is in no list of bot/slack/refusals.py"


def test_each_error_is_sorted_once():
    lists = [*refusals.CAUSES.values(), frozenset(refusals.LATER), refusals.UNSURE, refusals.TOKEN]
    every = [error for errors in lists for error in errors]
    assert sorted(every) == sorted(set(every))


# Slack's reference for what the bot calls most, and what it can say to any call.
REFERENCE = """
as_user_not_supported attachment_payload_limit_exceeded block_mismatch cant_broadcast_message cant_update_message
cannot_reply_to_message channel_is_limited_access channel_not_found duplicate_external_id edit_window_closed
ekm_access_denied exchanged_trigger_id expired_trigger_id external_channel_migrating hash_conflict invalid_attachments
invalid_blocks invalid_blocks_format invalid_cursor invalid_metadata_format invalid_metadata_schema invalid_name
invalid_trigger_id is_archived is_inactive markdown_text_conflict message_limit_exceeded message_not_found
messages_tab_disabled metadata_must_be_sent_from_app metadata_too_large missing_file_data msg_blocks_too_long
msg_too_long no_access no_item_specified no_text not_found not_in_channel not_reactable plan_upgrade_required
push_limit_reached rate_limited restricted_action restricted_action_non_threadable_channel
restricted_action_read_only_channel restricted_action_thread_locked restricted_action_thread_only_channel
slack_connect_file_link_sharing_blocked streaming_state_conflict team_not_found thread_locked too_many_attachments
too_many_contact_cards too_many_emoji too_many_reactions update_failed user_not_found user_not_in_channel
user_not_visible view_too_large access_denied accesslimited account_inactive deprecated_endpoint
enterprise_is_restricted fatal_error internal_error invalid_arg_name invalid_arguments invalid_array_arg invalid_auth
invalid_charset invalid_form_data invalid_post_type method_deprecated missing_post_type missing_scope no_permission
not_allowed_token_type not_authed org_login_required ratelimited request_timeout service_unavailable
team_access_not_granted team_added_to_org token_expired token_revoked two_factor_setup_required
"""


def test_slacks_own_reference_is_sorted():
    assert [error for error in REFERENCE.split() if not refusals.is_sorted(error)] == []
    assert "chat.postMessage" in METHOD_SCOPES


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ("token_revoked", TokenRefused),
        ("missing_scope", ScopeMissing),
        ("request_timeout", TryLater),
        ("invalid_blocks", BlocksRefused),
        ("is_archived", Refused),
        ("never_heard_of", Refused),
    ],
)
def test_what_each_means(error, kind):
    assert type(refusals.sorted_error(error, writes=True, needed="x")) is kind


def test_what_broke_at_slack_may_have_been_done():
    assert isinstance(refusals.sorted_error("internal_error", writes=True), OutcomeUnknown)
    assert isinstance(refusals.sorted_error("internal_error", writes=False), TryLater)


@pytest.mark.parametrize(
    ("error", "word"),
    [
        ("expired_trigger_id", "problem.too_late"),
        ("hash_conflict", None),
        ("not_found", None),
        ("view_not_found", None),
        ("token_revoked", "problem.cut_off"),
        ("missing_scope", "problem.no_scope"),
        ("is_archived", "problem.slack"),
    ],
)
def test_what_somebody_hears_who_waits_for_it(error, word):
    assert word_of(refusals.sorted_error(error, writes=True)) == word


def test_every_cause_is_known():
    assert set(refusals.CAUSES) == set(Cause) - {Cause.UNKNOWN}
