"""The set-up: five steps in a modal, and a last view that says in words what is set and what happens next."""

from collections.abc import Sequence

from bot.domain.setup import Step, mark_of, mark_of_channels
from bot.slack import ids
from bot.slack.blocks.setup_page import SetupPage
from bot.slack.blocks.setup_steps import STEPS, shown_channels
from bot.slack.blocks.setup_summary import summary_of, what_next
from bot.slack.mrkdwn import Block, actions, button, context, divider, plain, section


def waiting_view(page: SetupPage) -> Block:
    """What stands there while Slack is asked."""
    return _view(page, [section(page.say("setup.waiting"))])


def step_view(page: SetupPage, step: Step) -> Block:
    """One step, filled in with what is set."""
    shown = shown_channels(page.look) if step is Step.CHANNELS else []
    blocks = [
        context(page.say("setup.step", n=step.number, of=len(Step))),
        *([section(page.said)] if page.said else []),
        *STEPS[step](page),
        actions(*_ways(page, step), block_id="ways"),
    ]
    mark = (
        mark_of_channels(page.look.channels, [facts.id for facts in shown])
        if step is Step.CHANNELS
        else mark_of(page.look.setup, step)
    )
    view = _view(page, blocks)
    last = step.next is None
    submit = plain(page.say("setup.done" if last else "setup.next"), 24)
    return {**view, "submit": submit, "private_metadata": f"{step.value}:{mark}"}


def summary_view(page: SetupPage) -> Block:
    """What is set now, each with a way to change it, and what happens next."""
    blocks = [section(page.said)] if page.said else []
    for step in Step:
        change = button(
            page.say("setup.change"), ids.SETUP_GO, step.value, label=page.say(f"setup.change_label.{step.value}")
        )
        blocks.append(
            section(f"*{page.say(f'setup.title.{step.value}')}*\n{summary_of(page, step)}", change, step.value)
        )
    blocks += [divider(), section(f"*{page.say('setup.what_next')}*\n{what_next(page)}")]
    return _view(page, blocks)


def _view(page: SetupPage, blocks: Sequence[Block]) -> Block:
    return {
        "type": "modal",
        "callback_id": ids.SETUP_STEP,
        "title": plain(page.say("setup.name"), 24),
        "close": plain(page.say("modal.close"), 24),
        "blocks": list(blocks),
    }


def _ways(page: SetupPage, step: Step) -> list[Block]:
    back = step.before
    ways = [button(page.say("setup.back"), ids.SETUP_GO, back.value)] if back else []
    return [*ways, button(page.say("setup.overview"), ids.SETUP_OVERVIEW)]
