"""The share modal: own words first, then what goes along and a button a network, then other texts to choose from.

The buttons stand above the other texts, so that the second tap needs no scrolling.
"""

from bot.domain.captions import Caption
from bot.domain.networks import NETWORKS, network
from bot.domain.share_draft import check_sum, dump_note
from bot.domain.share_targets import copied, others
from bot.domain.share_text import is_removed, mark_of
from bot.slack import ids
from bot.slack.blocks.share_view import LONGEST_LINE, ShareView
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, actions, button, choice, context, divider, escape, link, plain, section
from bot.sources.words import Words

LONGEST_WORDS = 2500
WORN_AT = 5


def share_modal(view: ShareView) -> Block:
    """The modal. Ids of inputs stay the same from one drawing to the next, so nothing typed is lost."""
    return {
        "type": "modal",
        "callback_id": ids.SHARE_FORM,
        "private_metadata": dump_note(view.note),
        "title": plain(view.say("share.title"), 24),
        "submit": plain(view.say("share.i_shared_it" if view.sheet.is_kept else "share.done"), 24),
        "close": plain(view.say("modal.close"), 24),
        "blocks": [
            *_top(view),
            *_own_words(view),
            *_going_along(view),
            *_networks(view),
            *(_question(view) if view.public_url else ()),
            *_copy(view),
            *_ticks(view),
            *_other_texts(view),
            *_disclosure(view),
            *_choosing(view),
            *(() if view.public_url else _question(view)),
        ],
    }


def _top(view: ShareView) -> list[Block]:
    story = view.sheet.story
    title = section(f"*{linked_title(story)}*")
    is_new_here = view.sheet.is_first and not view.note.opened
    return [context(view.say("share.how")), title] if is_new_here else [title]


def _own_words(view: ShareView) -> list[Block]:
    # Slack counts down to this. What was typed before stays, even where a shorter text is asked for now.
    most = max(min(view.room_for_words, LONGEST_WORDS), len(view.form.words), 1)
    element = _typing(ids.SHARE_WORDS, view.form.words, most, multiline=True)
    element["placeholder"] = plain(view.say("share.words_placeholder"), 150)
    blocks = [_input(ids.SHARE_WORDS, view.say("share.words"), element, view.say("share.words_hint"))]
    buttons = [button(view.say("share.use_words"), ids.SHARE_USE_WORDS)]
    if view.has_guidelines:
        buttons.append(button(view.say("share.guidelines"), ids.SHARE_GUIDELINES))
    return [*blocks, actions(*buttons, block_id="share_about_words")]


def _going_along(view: ShareView) -> list[Block]:
    """The post as it will be. Plain text: nothing in it can mean anything else."""
    heading = view.say("share.words_go_along" if view.note.is_own else "share.goes_along")
    used = "" if view.note.is_own else _used_so_far(view, view.sheet.caption(view.note.chosen))
    small = " ".join(filter(None, (view.say("share.with_link"), used)))
    text: Block = {"type": "section", "block_id": "share_text", "text": plain(view.text or view.sheet.story.link)}
    return [section(f"*{heading}*"), text, context(small)]


def _other_texts(view: ShareView) -> list[Block]:
    chosen = None if view.note.is_own else view.sheet.caption(view.note.chosen)
    rest_of_them = [caption for caption in view.sheet.captions if caption != chosen]
    if not rest_of_them:
        return []
    blocks = [divider(), section(f"*{view.say('share.other_texts')}*")]
    return [*blocks, *(block for place, caption in enumerate(rest_of_them, 1) for block in _text(view, place, caption))]


def _text(view: ShareView, place: int, caption: Caption) -> list[Block]:
    label = view.say("share.use_this_label", n=place)
    use = button(view.say("share.use_this"), ids.SHARE_USE_CAPTION, str(caption.id or 0), label=label)
    block: Block = {
        "type": "section",
        "block_id": f"share_text_{place}",
        "text": plain(caption.text),
        "accessory": use,
    }
    used = _used(view, caption)
    return [block, context(used)] if used else [block]


def _used_so_far(view: ShareView, caption: Caption) -> str:
    """Of the text that goes along; when many said just that, another is offered. What there is stands below."""
    used = _used(view, caption)
    is_worn = view.sheet.used.get(caption.id or 0, 0) >= WORN_AT and len(view.sheet.captions) > 1
    return f"{used} {view.say('share.another')}" if is_worn else used


def _used(view: ShareView, caption: Caption) -> str:
    count = view.sheet.used.get(caption.id or 0, 0)
    return view.words.count(view.language, "share.used", count) if count else ""


def _disclosure(view: ShareView) -> list[Block]:
    if not view.sheet.offered:
        return []
    element = _typing(ids.SHARE_DISCLOSURE, view.line, LONGEST_LINE)
    element["dispatch_action_config"] = {"trigger_actions_on": ["on_enter_pressed"]}
    block = _input(ids.SHARE_DISCLOSURE, view.say("share.disclosure"), element, view.say("share.disclosure_hint"))
    block["dispatch_action"] = True
    if not is_removed(view.bare_text, view.line, view.sheet.offered):
        return [block]
    mark = mark_of(view.sheet.offered)
    warning = view.say("share.ad_removed", mark=mark) if mark else view.say("share.disclosure_removed")
    return [block, context(warning)]


def _networks(view: ShareView) -> list[Block]:
    rest = () if view.note.is_unfolded else others(view.note.mine)
    blocks = [section(f"*{view.say('share.networks')}*")]
    buttons = [_network(view, key) for key in view.shown if key != "email" or key in view.codes]
    if rest:
        buttons.append(button(view.say("share.more"), ids.SHARE_MORE, label=view.say("share.more_label")))
    elif not view.note.is_choosing and view.sheet.is_kept:
        buttons.append(button(view.say("share.choose"), ids.SHARE_CHOOSE))
    if buttons:
        blocks.append(actions(*buttons, block_id="share_buttons"))
    if "email" in view.targets and "email" not in view.codes:
        mail = link(view.targets["email"].url, view.say("share.mail"))
        blocks.append(section(view.say("share.by_mail", link=mail)))
    blocks += [context(_too_long(view, key, many)) for key, many in view.too_long.items()]
    return [*blocks, context(view.by_networks)] if view.by_networks else blocks


def _too_long(view: ShareView, key: str, many: int) -> str:
    return view.words.count(view.language, "share.too_long", many, network=escape(network(key).name))


def _network(view: ShareView, key: str) -> Block:
    name = network(key).name
    target = view.targets.get(key)
    if target is None:
        return button(f"{name}…", ids.go(key), key, label=view.say("share.needs_server"))
    return button(name, ids.go(key), key, url=target.url, label=view.say("share.network_label", network=name))


def _copy(view: ShareView) -> list[Block]:
    """Where the text does not go along it stands here, ready to be selected. A new text needs a new block: what an
    input shows, once drawn, is the person's."""
    keys = copied(view.targets)
    if not keys:
        return []
    names = view.words.list(view.language, [network(key).name for key in keys])
    pieces = [view.text[start : start + 3000] for start in range(0, len(view.text), 3000)]
    blocks = []
    for place, piece in enumerate(pieces):
        element: Block = {"type": "plain_text_input", "action_id": ids.SHARE_COPY, "multiline": True}
        element["initial_value"] = piece
        block_id = f"{ids.SHARE_COPY}_{check_sum(view.text)}_{place}"
        hint = view.say("share.copy_hint", networks=names)
        blocks.append(_input(block_id, view.say("share.copy"), element, hint))
    return blocks


def _ticks(view: ShareView) -> list[Block]:
    """Once a network was opened: where did it really go? What was opened since the last drawing is ticked too."""
    known = [share for share in view.sheet.shares if share.network in NETWORKS]
    opened = tuple(dict.fromkeys((*(share.network for share in known), *view.note.opened)))
    if not opened or not view.sheet.is_kept:
        return []
    keys = (*opened, *(key for key in _tickable(view) if key not in opened))
    block_id = "_".join((ids.SHARE_SAID, *sorted(opened)))
    ticked = opened if view.form.ticked is None else _still_ticked(view, opened)
    element: Block = {
        "type": "checkboxes",
        "action_id": ids.SHARE_SAID,
        "options": [_option(key) for key in keys],
    }
    if ticked:
        element["initial_options"] = [_option(key) for key in keys if key in ticked]
    return [_input(block_id, view.say("share.said"), element, view.say("share.said_hint"))]


def _still_ticked(view: ShareView, opened: tuple[str, ...]) -> set[str]:
    """What the person ticked, and the one just opened."""
    return {*(view.form.ticked or ()), *view.note.opened[-1:]} & {*opened, *_tickable(view)}


def _tickable(view: ShareView) -> tuple[str, ...]:
    """Their own networks, and what stands before them."""
    return tuple(dict.fromkeys((*view.note.mine, *view.shown)))


def _choosing(view: ShareView) -> list[Block]:
    """*My networks*, asked at the first share, and when somebody wants to."""
    if not view.note.is_choosing:
        return []
    preferences = view.sheet.preferences
    chosen = preferences.networks if view.form.networks is None else view.form.networks
    element: Block = {
        "type": "multi_static_select",
        "action_id": ids.SHARE_NETWORKS,
        "options": [_option(key) for key in NETWORKS],
        "placeholder": plain(view.say("share.my_networks_placeholder"), 150),
    }
    if chosen:
        element["initial_options"] = [_option(key) for key in chosen]
    server = _typing(ids.SHARE_MASTODON, view.form.mastodon or preferences.mastodon or "", 255)
    server["placeholder"] = plain("mastodon.social", 150)
    return [
        divider(),
        _input(ids.SHARE_NETWORKS, view.say("share.my_networks"), element, view.say("share.my_networks_hint")),
        _input(ids.SHARE_MASTODON, view.say("share.mastodon"), server),
        *([context(view.by_server)] if view.by_server else ()),
        actions(button(view.say("share.keep_networks"), ids.SHARE_KEEP_NETWORKS), block_id="share_about_networks"),
    ]


def _question(view: ShareView) -> list[Block]:
    """The three states, until they are answered. Nothing waits for it but personal links."""
    if not view.sheet.is_unasked:
        return [context(view.by_question)] if view.by_question else []
    asked = "of_links" if view.public_url else "of_stories"
    question = view.say(f"share.question.{asked}{'_in_totals' if view.sheet.totals_only else ''}")
    return [
        divider(),
        section(question, block_id="share_question"),
        actions(*_answers(view), block_id="share_standing"),
    ]


def _answers(view: ShareView) -> list[Block]:
    out = button(view.say("share.out"), ids.SHARE_OUT)
    if view.sheet.totals_only:
        return [button(view.say("share.in_totals"), ids.SHARE_UNNAMED), out]
    named = button(view.say("share.named"), ids.SHARE_NAMED)
    return [named, button(view.say("share.unnamed"), ids.SHARE_UNNAMED), out]


def _typing(action_id: str, typed: str, most: int, *, multiline: bool = False) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": action_id, "max_length": most}
    if multiline:
        element["multiline"] = True
    if typed:
        element["initial_value"] = typed[:most]
    return element


def _input(block_id: str, label: str, element: Block, hint: str | None = None) -> Block:
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": element,
        "optional": True,
    }
    if hint:
        block["hint"] = plain(hint, 2000)
    return block


def _option(key: str) -> Block:
    return choice(network(key).name, key)


def thanks(view_words: Words, language: str, networks: tuple[str, ...]) -> str:
    """What is said after *I shared it*."""
    if not networks:
        return view_words.say(language, "share.thanks")
    names = [escape(network(key).name) for key in networks]
    return view_words.say(language, "share.thanks_where", networks=view_words.list(language, names))
