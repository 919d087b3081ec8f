"""Every id that Slack and we have in common. Nowhere else is one written down."""

COMMAND = "/passalong"

# Buttons and menus of a story's message.
SHARE = "share"
STORY_MENU = "story_menu"

# Options of the story's menu. The story stands behind the colon.
NOT_FOR_ME = "not_for_me"
REMIND_ME = "remind_me"
POSTED_MYSELF = "posted_myself"

# Buttons and modals of Home.
PICK_FIRST = "pick_first"
SAY_LATER = "say_later"
UNSAY = "unsay"
PREFERENCES = "preferences"
LEAVE = "leave"
JOIN_AGAIN = "join_again"
DELETE_ME = "delete_me"
EXPORT_STORIES = "export_stories"
OWN_DATA = "own_data"
SETUP = "setup"

# In the message about a story with a topic that somebody follows.
UNFOLLOW = "unfollow"

# The set-up: its modal (which step stands in the private metadata), and the buttons to a step, or to what is set.
SETUP_STEP = "setup_step"
SETUP_GO = "setup_go"
SETUP_OVERVIEW = "setup_overview"
# A channel's input there is named by its channel; its options are a language and the channel's name, or none.
SETUP_CHANNEL = "channel_"
SETUP_NONE = "none"

# The queue: its form (the same id for the block and the element of each input), and the buttons that stand about it.
STORY_FORM = "story_form"
QUEUE_NEW = "queue_new"
QUEUE_LIST = "queue_list"
QUEUE_EDIT = "queue_edit"
QUEUE_CANCEL = "queue_cancel"
QUEUE_MOVE_UP = "queue_move_up"
QUEUE_POST_NOW = "queue_post_now"
QUEUE_PREVIEW = "queue_preview"
QUEUE_EARLIER = "queue_earlier"
QUEUE_LATER = "queue_later"
PAUSE = "pause"
RESUME = "resume"

# How a story sounds, after it was queued or changed: the window, sent to mend it, and its buttons; and own words.
VOICE = "voice"
VOICE_OURS = "voice_ours"
VOICE_SKIP = "voice_skip"
OWN_WORDS_FORM = "own_words_form"
OWN_WORDS = "own_words"

# What stands where the share button and the menu will be, in a preview.
PREVIEW_SHARE = "preview_share"
PREVIEW_MENU = "preview_menu"


# Passing a story along: the modal, its inputs (the same id for the block and the element), and its buttons.
SHARE_FORM = "share_form"
SHARE_WORDS = "share_words"
SHARE_DISCLOSURE = "share_disclosure"
SHARE_NETWORKS = "share_networks"
SHARE_MASTODON = "mastodon"
SHARE_SAID = "share_said"
SHARE_COPY = "share_copy"
SHARE_USE_WORDS = "share_use_words"
SHARE_USE_CAPTION = "share_use_caption"
SHARE_GUIDELINES = "share_guidelines"
SHARE_MORE = "share_more"
SHARE_CHOOSE = "share_choose"
SHARE_KEEP_NETWORKS = "share_keep_networks"
SHARE_NAMED = "share_named"
SHARE_UNNAMED = "share_unnamed"
SHARE_OUT = "share_out"

# *Already posted it myself*: its modal and its input.
POST_FORM = "post_form"
POST_ADDRESS = "post_address"


# What comms sees of champions: the modal, its tabs and pages, and what can be done for one of them.
CHAMPIONS = "champions"
CHAMPIONS_LIST = "champions_list"
CHAMPIONS_RISING = "champions_rising"
CHAMPIONS_STORIES = "champions_stories"
CHAMPIONS_TEAMS = "champions_teams"
CHAMPIONS_EARLIER = "champions_earlier"
CHAMPIONS_LATER = "champions_later"
CHAMPION_MENU = "champion_menu"
THANK = "thank"
THANKS_FORM = "thanks_form"
THANKS_TEXT = "thanks_text"
# Options of the menu, with the person behind the colon; and what somebody who is invited presses.
INVITE = "invite"
LOOK_AT_SHARES = "look_at_shares"
INVITE_FORM = "invite_form"
INVITE_JOIN = "invite_join"
INVITE_NO = "invite_no"


# A hook's card in the comms channel, and the list of feeds. The hook or the feed stands in the value.
HOOK_QUEUE = "hook_queue"
HOOK_IDEA = "hook_idea"
HOOK_LATER = "hook_later"
HOOK_NOT_THIS = "hook_not_this"
HOOK_MENU = "hook_menu"
# Options of its menu, with the hook behind the colon.
HOOK_GOOD = "good"
HOOK_BAD = "bad"
HOOK_MIXED = "mixed"
HOOK_MUTE_WORD = "mute_word"
HOOK_MUTE_SOURCE = "mute_source"
FEED_REMOVE = "feed_remove"
FEED_UNMUTE = "feed_unmute"
FEED_UNLEARN = "feed_unlearn"


# What was counted wrongly: the menu beside a share, its options (with a link or a share behind the colon), the form for
# the reason, and all that is set aside.
ASIDE_MENU = "aside_menu"
ASIDE_LINK = "aside_link"
ASIDE_SHARE = "aside_share"
BACK_LINK = "back_link"
BACK_SHARE = "back_share"
ASIDE_FORM = "aside_form"
ASIDE_REASON = "reason"
CHAMPIONS_ASIDE = "champions_aside"
PUT_BACK = "put_back"
PUT_BACK_THERE = "put_back_there"

# Ideas: the button on Home, the shortcut in a message's menu, the form with its inputs, what comms does with a card
# (and the form of its answer), and what the sender does with their name.
SUGGEST = "suggest"
SUGGEST_THIS = "suggest_this"
IDEA_FORM = "idea_form"
IDEA_LINK = "idea_link"
IDEA_WHY = "idea_why"
IDEA_CREDIT = "idea_credit"
IDEA_QUEUE = "idea_queue"
IDEA_DECLINE = "idea_decline"
IDEA_ANSWER = "idea_answer"
IDEA_READY = "idea_ready"
IDEA_WORDS = "idea_words"
IDEA_SIGN = "idea_sign"
IDEA_NAME_OFF = "idea_name_off"


# A question to comms: the buttons, the forms, and their inputs (the same id for the block and the element).
ASK = "ask"
PREVIEW_ASK = "preview_ask"
ASK_FORM = "ask_form"
ASK_TEXT = "ask_text"
ASK_WHO = "ask_who"
ASK_NAMED = "named"
ASK_NAMELESS = "nameless"
ASK_MAY_STAND = "ask_may_stand"
ANSWER = "answer"
ANSWER_FORM = "answer_form"
ANSWER_TEXT = "answer_text"
ANSWER_STANDS = "answer_stands"
CLOSE_QUESTION = "close_question"
CLOSE_FORM = "close_form"
CLOSE_WHY = "close_why"
CLOSE_WORDS = "close_words"
# A dilemma: what colleagues would do, and what came of it. Its form has the inputs of a question.
DILEMMA = "dilemma"
PREVIEW_DILEMMA = "preview_dilemma"
DILEMMA_FORM = "dilemma_form"
OUTCOME = "say_outcome"
OUTCOME_FORM = "outcome_form"
OUTCOME_TEXT = "outcome_text"
# *What readers said*.
HEARD = "heard"
HEARD_FORM = "heard_form"
HEARD_TEXT = "heard_text"
HEARD_NETWORK = "heard_network"
HEARD_ELSEWHERE = "elsewhere"

# A crisis. The button on Home and on a surge; in the list of scenarios a button each, with the scenario in its value;
# the window of the second tap, in which audiences of a scenario are named: its inputs end in the audience's key.
CRISIS = "crisis"
CRISIS_START = "crisis_start"
CRISIS_REHEARSE = "crisis_rehearse"
CRISIS_START_FORM = "crisis_start_form"
CRISIS_TOPICS = "crisis_topics"
# Its options: all stories, or a topic behind the colon.
CRISIS_ALL = "all"
CRISIS_TOPIC = "topic:"
CRISIS_GROUPS = "crisis_groups_"
CRISIS_CHANNELS = "crisis_channels_"
# Its card; the crisis stands in the value, and behind a colon the audience.
CRISIS_CONFIRM = "crisis_confirm"
CRISIS_CALL_OFF = "crisis_call_off"
CRISIS_FILL = "crisis_fill"
CRISIS_TELL = "crisis_tell"
CRISIS_UPDATE = "crisis_update"
CRISIS_CHECKLIST = "crisis_checklist"
CRISIS_PUBLISH = "crisis_publish"
CRISIS_REMIND = "crisis_remind"
CRISIS_END = "crisis_end"
CRISIS_HELD = "crisis_held"
CRISIS_LESSONS = "crisis_lessons"
CRISIS_LOG = "crisis_log"
# Its windows, and their inputs (the same id for the block and the element). What ends in _ is followed by a language.
CRISIS_FILL_FORM = "crisis_fill_form"
CRISIS_STATEMENT = "crisis_statement_"
CRISIS_CONTACT = "crisis_contact_"
CRISIS_NEXT = "crisis_next"
CRISIS_TELL_FORM = "crisis_tell_form"
CRISIS_PUBLISH_TOO = "crisis_publish_too"
CRISIS_UPDATE_FORM = "crisis_update_form"
CRISIS_NEWS = "crisis_news_"
CRISIS_KNOWN = "crisis_known_"
CRISIS_UNKNOWN = "crisis_unknown_"
CRISIS_DOING = "crisis_doing_"
CRISIS_CHECKLIST_FORM = "crisis_checklist_form"
CRISIS_STEPS = "crisis_steps_"
CRISIS_OUTSIDE = "crisis_outside"
CRISIS_END_FORM = "crisis_end_form"
CRISIS_CLOSING = "crisis_closing_"
CRISIS_LESSONS_FORM = "crisis_lessons_form"
CRISIS_LEARNED = "crisis_learned"
# Stories that wait to be looked at: a story and a page in the value.
CRISIS_PUT_BACK = "crisis_put_back"
CRISIS_DROP = "crisis_drop"
CRISIS_EARLIER = "crisis_earlier"
CRISIS_LATER = "crisis_later"
# In the message to staff; a question about a crisis has the inputs of a question.
CRISIS_READ = "crisis_read"
CRISIS_ASK = "crisis_ask"
CRISIS_ASK_FORM = "crisis_ask_form"
ANSWER_LISTED = "answer_listed"


def of_crisis(crisis_id: int, audience: str = "") -> str:
    """The value of a button of a crisis: which, and of which audience."""
    return f"{crisis_id}:{audience}" if audience else str(crisis_id)


def parse_crisis(value: str) -> tuple[int, str]:
    """Back again from `of_crisis`."""
    crisis_id, _, audience = value.partition(":")
    return parse_number(crisis_id), audience


def place(language: str, words: str) -> str:
    """The input of a place in a text of a crisis."""
    return f"crisis_place_{language}:{words}"


def why_not(reason: str) -> str:
    """The button that says why a story was not for somebody."""
    return f"why_not_{reason}"


def go(network: str) -> str:
    """The button that opens a network's share page."""
    return f"go_{network}"


def option(name: str, story_id: int) -> str:
    """The value of a menu's option, or of a button: what, of which story."""
    return f"{name}:{story_id}"


def parse_option(value: str) -> tuple[str, int]:
    """Back again from `option`."""
    name, _, story_id = value.partition(":")
    return name, parse_number(story_id)


def is_number(value: object) -> bool:
    """Whether this can be the number of a story, or a version: no larger than a database can look for."""
    return isinstance(value, int) and 0 <= value < 10**18


def parse_number(value: str) -> int:
    """The number of a story or caption in a value of ours; 0, which is none's, for what we never wrote."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 18 else 0
