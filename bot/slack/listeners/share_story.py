"""*Share it*: from the story's button to the network's share page in two taps, and back to *I shared it*."""

import logging
from collections.abc import Callable
from dataclasses import replace

from slack_bolt import App

from bot.actions.answer_standing import answer_standing
from bot.actions.choose_networks import choose_networks
from bot.actions.mark_opened import mark_opened
from bot.actions.mark_said import mark_said
from bot.actions.mint_link import mint_links
from bot.actions.open_share import open_share
from bot.actions.show_home import show_home
from bot.domain.links import Post
from bot.domain.networks import NETWORKS
from bot.domain.people import Preferences, Standing
from bot.domain.problems import Problem, SlackTrouble
from bot.domain.share_draft import ShareForm, ShareNote, check_sum, load_note
from bot.domain.share_sheet import ShareSheet
from bot.domain.share_targets import USUAL
from bot.slack import ids
from bot.slack.blocks.guidelines_modal import guidelines_modal
from bot.slack.blocks.share_modal import share_modal, thanks
from bot.slack.blocks.share_view import ShareView
from bot.slack.forms.share_form import read_share_form
from bot.slack.front import Answer, Front, Press, Request, Submission
from bot.slack.middleware import on_press, on_submit
from bot.slack.problems import explain

log = logging.getLogger(__name__)

_STANDINGS = {ids.SHARE_NAMED: Standing.NAMED, ids.SHARE_UNNAMED: Standing.UNNAMED, ids.SHARE_OUT: Standing.OUT}


def register(app: App, front: Front) -> None:
    """The story's button, everything that can be pressed in the modal, and its submit."""
    on_press(app, front, ids.SHARE, _open)
    for key in NETWORKS:
        on_press(app, front, ids.go(key), _go)
    for action_id, change in _CHANGES.items():
        on_press(app, front, action_id, _redrawn(change))
    for action_id in _STANDINGS:
        on_press(app, front, action_id, _answer_question)
    on_press(app, front, ids.SHARE_KEEP_NETWORKS, _keep_networks)
    on_press(app, front, ids.SHARE_GUIDELINES, _show_guidelines)
    on_submit(app, front, ids.SHARE_FORM, _say)


def _open(press: Press) -> Answer:
    sheet = open_share(press.front.desk, press.asker, ids.parse_number(press.value), press.channel, press.now)
    mine = sheet.preferences.networks
    note = ShareNote(
        story=sheet.story.id,
        channel=press.channel,
        dealt=sheet.dealt.id,
        chosen=sheet.dealt.id,
        mine=mine or USUAL,
        server=sheet.preferences.mastodon,
        is_choosing=sheet.is_kept and not mine,
    )
    view = share_modal(_drawing(press, sheet, note, ShareForm(), anew=True))

    def show() -> None:
        press.front.slack.open_view(press.trigger, view)

    return Answer(then=show)


def _go(press: Press) -> Answer:
    """A network's button: its page opens in the browser by itself, and we hear of it here."""
    note, form = _at_hand(press)
    key = press.value
    if "url" not in press.action and key == "mastodon" and not note.server:
        changed = replace(note.caught_up(form.words), is_choosing=True)
        return Answer(then=_drawing_anew(press, changed, form, by_networks=press.say("share.needs_server")))
    went = _unlinked(press, _sheet(press, note), note, form).went
    mark_opened(press.front.desk, press.asker, note.story, key, went, press.now)
    caught_up = note.caught_up(form.words).with_opened(key)
    late = caught_up.is_own and caught_up.seen != note.seen
    said = press.say("share.words_came_late") if late else None
    return Answer(then=lambda: _quietly(_drawing_anew(press, caught_up, form, by_networks=said)))


def _use_words(_: Press, note: ShareNote, form: ShareForm) -> ShareNote:
    return replace(note, is_own=bool(form.words), seen=check_sum(form.words))


def _use_caption(press: Press, note: ShareNote, form: ShareForm) -> ShareNote:
    chosen = ids.parse_number(press.value) or None
    return replace(note, is_own=False, chosen=chosen, seen=check_sum(form.words))


def _unfold(_: Press, note: ShareNote, form: ShareForm) -> ShareNote:
    return replace(note.caught_up(form.words), is_unfolded=True)


def _choose(_: Press, note: ShareNote, form: ShareForm) -> ShareNote:
    return replace(note.caught_up(form.words), is_choosing=True)


def _catch_up(_: Press, note: ShareNote, form: ShareForm) -> ShareNote:
    return note.caught_up(form.words)


Change = Callable[[Press, ShareNote, ShareForm], ShareNote]

_CHANGES: dict[str, Change] = {
    ids.SHARE_USE_WORDS: _use_words,
    ids.SHARE_USE_CAPTION: _use_caption,
    ids.SHARE_MORE: _unfold,
    ids.SHARE_CHOOSE: _choose,
    ids.SHARE_DISCLOSURE: _catch_up,
}


def _redrawn(change: Change) -> Callable[[Press], Answer]:
    """A press that changes only what the modal shows."""

    def listener(press: Press) -> Answer:
        note, form = _at_hand(press)
        return Answer(then=_drawing_anew(press, change(press, note, form), form))

    return listener


def _answer_question(press: Press) -> Answer:
    note, form = _at_hand(press)
    standing = _STANDINGS[str(press.action["action_id"])]
    answer_standing(press.front.desk, press.asker, standing, press.now)
    in_totals = press.front.desk.setup().totals_only and standing is not Standing.OUT
    said = press.say(f"share.noted.{'in_totals' if in_totals else standing}")
    if press.front.desk.public_url and standing is not Standing.OUT:
        said = f"{said} {press.say('share.linked')}"
    return Answer(then=_drawing_anew(press, note.caught_up(form.words), form, by_question=said))


def _keep_networks(press: Press) -> Answer:
    """*Use these*: kept at once, and the buttons follow. A server that is none is said here; a press has no fields."""
    note, form = _at_hand(press)
    caught_up = note.caught_up(form.words)
    try:
        kept = _kept(press, form)
    except Problem as problem:
        return Answer(then=_drawing_anew(press, caught_up, form, by_server=explain(press, problem)))
    return Answer(
        then=_drawing_anew(press, _with_networks(caught_up, kept), form, by_networks=press.say("share.networks_kept"))
    )


def _kept(request: Request, form: ShareForm) -> Preferences | None:
    """The networks that were chosen; a server alone adds Mastodon to those that stand there anyway."""
    chosen = form.networks or (USUAL if form.mastodon else ())
    if form.mastodon and "mastodon" not in chosen:
        chosen = (*chosen, "mastodon")
    return choose_networks(request.front.desk, request.asker, chosen, form.mastodon, request.now)


def _with_networks(note: ShareNote, kept: Preferences | None) -> ShareNote:
    if kept is None:
        return replace(note, is_choosing=False)
    return replace(note, mine=kept.networks or USUAL, server=kept.mastodon, is_choosing=False, is_unfolded=False)


def _show_guidelines(press: Press) -> Answer:
    front, language = press.front, press.asker.language
    view = guidelines_modal(front.words, language, front.guidelines.get(language, ""))

    def show() -> None:
        front.slack.push_view(press.trigger, view)

    return Answer(then=show)


def _say(submission: Submission) -> Answer:
    """*I shared it*: for the networks that are ticked; where nothing could be ticked yet, for those opened."""
    note, form = load_note(submission.note), read_share_form(submission.values)
    if form.networks is not None and (form.networks or form.mastodon):
        _kept(submission, form)
    networks = note.opened if form.ticked is None else form.ticked
    is_kept = mark_said(submission.front.desk, submission.asker, note.story, networks, submission.now)
    return Answer(then=lambda: _quietly(lambda: _thank(submission, note, networks if is_kept else ())))


def _thank(submission: Submission, note: ShareNote, networks: tuple[str, ...]) -> None:
    front, asker = submission.front, submission.asker
    if note.channel is None:
        show_home(front.desk, asker.user, submission.now)
        return
    front.slack.whisper(note.channel, asker.user, thanks(front.words, asker.language, networks))


def _at_hand(press: Press) -> tuple[ShareNote, ShareForm]:
    view = press.view or {}
    note = load_note(str(view.get("private_metadata") or ""))
    return note, read_share_form(view.get("state", {}).get("values", {}))


def _drawing_anew(
    press: Press,
    note: ShareNote,
    form: ShareForm,
    *,
    by_networks: str | None = None,
    by_server: str | None = None,
    by_question: str | None = None,
) -> Callable[[], None]:
    """To be done after the acknowledgement: draw it anew, with what is said once in its place."""

    def draw() -> None:
        drawing = _drawing(press, _sheet(press, note), note, form)
        drawing = replace(drawing, by_networks=by_networks, by_server=by_server, by_question=by_question)
        press.front.slack.update_view(str((press.view or {})["id"]), share_modal(drawing))

    return draw


def _sheet(press: Press, note: ShareNote) -> ShareSheet:
    return open_share(press.front.desk, press.asker, note.story, note.channel, press.now, dealt=note.dealt)


def _drawing(press: Press, sheet: ShareSheet, note: ShareNote, form: ShareForm, *, anew: bool = False) -> ShareView:
    """With a personal link for each button, and the text sealed with it: it goes along when the button is pressed."""
    view, desk = _unlinked(press, sheet, note, form), press.front.desk
    post = Post(view.text, view.went)
    codes = mint_links(desk, press.asker, note.story, view.targets, post, press.now, anew=anew)
    return replace(view, codes=codes)


def _unlinked(press: Press, sheet: ShareSheet, note: ShareNote, form: ShareForm) -> ShareView:
    front, language = press.front, press.asker.language
    return ShareView(
        words=front.words,
        language=language,
        sheet=sheet,
        note=note,
        form=form,
        linkedin_composer=front.desk.linkedin_composer,
        has_guidelines=bool(front.guidelines.get(language)),
        public_url=front.desk.public_url,
    )


def _quietly(work: Callable[[], None]) -> None:
    """What was meant is noted already; that the picture could not follow is no reason to alarm anybody."""
    try:
        work()
    except SlackTrouble as trouble:
        log.warning("Could not show what was noted: %s", trouble)
