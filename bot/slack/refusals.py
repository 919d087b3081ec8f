"""Every error that Slack answers to a call of ours, sorted by what to do next.

The strings are those of Slack's reference for the methods in `manifest.METHOD_SCOPES`, and those common to all methods.
"""

from collections.abc import Mapping

from bot.domain.problems import (
    BlocksRefused,
    Cause,
    OutcomeUnknown,
    Refused,
    ScopeMissing,
    SlackTrouble,
    TokenRefused,
    TryLater,
)

LATER: Mapping[str, float] = {
    "accesslimited": 300.0,
    "external_channel_migrating": 300.0,
    "message_limit_exceeded": 300.0,
    "org_login_required": 300.0,
    "rate_limited": 30.0,
    "ratelimited": 30.0,
    "request_timeout": 5.0,
    "service_unavailable": 30.0,
    "streaming_state_conflict": 30.0,
    "team_added_to_org": 60.0,
    "fetch_members_failed": 30.0,
    "storage_limit_reached": 3600.0,
    "update_failed": 30.0,
}
"""Slack is there, but will not do it now. Seconds to wait; nothing was done."""

UNSURE = frozenset({"fatal_error", "internal_error"})
"""Something broke at Slack; the work may have been done all the same."""

TOKEN = frozenset(
    {
        "account_inactive",
        "enterprise_is_restricted",
        "invalid_auth",
        "not_allowed_token_type",
        "not_authed",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
"""The token: an admin has to mend it first."""

TOKEN_WAIT, SCOPE_WAIT = 300.0, 3600.0
"""Seconds. What waits is called as soon as it is mended, so this is for when nobody noticed that."""

CAUSES: Mapping[Cause, frozenset[str]] = {
    Cause.GONE: frozenset(
        {"channel_not_found", "channel_is_limited_access", "is_archived", "is_inactive", "team_not_found"}
    ),
    Cause.OUT: frozenset({"not_in_channel"}),
    Cause.CLOSED: frozenset(
        {
            "access_denied",
            "app_cannot_join_channel",
            "ekm_access_denied",
            "no_permission",
            "posting_to_channel_denied",
            "restricted_action",
            "restricted_action_non_threadable_channel",
            "restricted_action_read_only_channel",
            "restricted_action_thread_locked",
            "restricted_action_thread_only_channel",
            "slack_connect_canvas_sharing_blocked",
            "slack_connect_file_link_sharing_blocked",
            "slack_connect_lists_sharing_blocked",
        }
    ),
    Cause.MESSAGE_GONE: frozenset({"message_not_found", "thread_not_found"}),
    Cause.MESSAGE_FIXED: frozenset(
        {"block_mismatch", "cant_broadcast_message", "cant_update_message", "edit_window_closed"}
    ),
    Cause.PERSON_GONE: frozenset(
        {
            "cannot_dm_bot",
            "messages_tab_disabled",
            "user_disabled",
            "user_is_bot",
            "user_is_restricted",
            "user_not_found",
            "user_not_in_channel",
            "user_not_visible",
        }
    ),
    Cause.VIEW_GONE: frozenset({"duplicate_external_id", "hash_conflict", "not_found", "view_not_found"}),
    Cause.TOO_LATE: frozenset(
        {"exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id", "trigger_exchanged", "trigger_expired"}
    ),
    Cause.FULL: frozenset(
        {
            "no_access",
            "not_pinnable",
            "not_reactable",
            "push_limit_reached",
            "thread_locked",
            "too_many_emoji",
            "too_many_pins",
            "too_many_reactions",
        }
    ),
    Cause.DONE: frozenset({"already_pinned", "already_reacted", "no_pin", "no_reaction", "not_pinned"}),
    Cause.PLAN: frozenset(
        {
            "file_type_not_allowed",
            "file_upload_size_restricted",
            "file_uploads_disabled",
            "file_uploads_except_images_disabled",
            "no_such_subteam",
            "plan_upgrade_required",
            "usergroups_not_available",
        }
    ),
    Cause.TEXT: frozenset(
        {
            "alt_txt_too_large",
            "attachment_payload_limit_exceeded",
            "invalid_attachments",
            "invalid_blocks_format",
            "metadata_too_large",
            "msg_blocks_too_long",
            "msg_too_long",
            "no_text",
            "too_many_attachments",
            "too_many_contact_cards",
            "view_too_large",
        }
    ),
    Cause.OURS: frozenset(
        {
            "as_user_not_supported",
            "bad_timestamp",
            "cannot_reply_to_message",
            "cant_delete_message",
            "channels_limit_exceeded",
            "deprecated_endpoint",
            "duplicate_channel_not_found",
            "duplicate_message_not_found",
            "file_comment_not_found",
            "file_not_found",
            "file_not_shared",
            "invalid_arg_name",
            "invalid_args",
            "invalid_arguments",
            "invalid_array_arg",
            "invalid_channel",
            "invalid_charset",
            "invalid_cursor",
            "invalid_form_data",
            "invalid_limit",
            "invalid_metadata_filter_keys",
            "invalid_metadata_format",
            "invalid_metadata_schema",
            "invalid_name",
            "invalid_post_type",
            "invalid_ts_latest",
            "invalid_ts_oldest",
            "invalid_types",
            "invalid_user_combination",
            "limit_required",
            "markdown_text_conflict",
            "metadata_must_be_sent_from_app",
            "method_deprecated",
            "method_not_supported_for_channel_type",
            "missing_args",
            "missing_argument",
            "missing_file_data",
            "missing_post_type",
            "no_dual_broadcast_content_update",
            "no_item_specified",
            "not_enough_users",
            "too_many_users",
            "unknown_method",
            "users_list_not_supplied",
        }
    ),
}

_CAUSE_OF = {error: cause for cause, errors in CAUSES.items() for error in errors}
BLOCKS, SCOPE = "invalid_blocks", "missing_scope"


def is_sorted(error: str) -> bool:
    """Whether we know what to do about it."""
    return error in LATER or error in UNSURE | TOKEN | {BLOCKS, SCOPE} or error in _CAUSE_OF


def sorted_error(error: str, *, writes: bool, needed: str = "") -> SlackTrouble:
    """What this error means for who asked. One we never heard of counts as a no for good."""
    if error in UNSURE:
        return OutcomeUnknown(error) if writes else TryLater(10.0, error)
    if error in TOKEN:
        return TokenRefused(TOKEN_WAIT, error)
    if error == SCOPE:
        return ScopeMissing(SCOPE_WAIT, error, needed)
    if error in LATER:
        return TryLater(LATER[error], error)
    if error == BLOCKS:
        return BlocksRefused(error)
    return Refused(error, _CAUSE_OF.get(error, Cause.UNKNOWN))
