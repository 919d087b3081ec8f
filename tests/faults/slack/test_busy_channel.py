"""A message is looked for in a channel in which a lot is said: where it can be, and nowhere else."""

from datetime import timedelta

HOUR = timedelta(hours=1)


def asked(company, method):
    return [entry for entry in company.stand.workspace.log if entry.kind == "api" and entry.name == method]


def chatter(company, count, every):
    """Others talk; nobody here listens to that."""
    workspace = company.stand.workspace
    heard = workspace.subscribed_events & {"message.channels"}
    workspace.subscribed_events -= heard
    for number in range(count):
        workspace.add_message(company.english, {"user": company.staff[0].id, "text": f"{number}"})
        company.stand.clock.step(seconds=every)
    workspace.subscribed_events |= heard


def test_after_a_day_it_is_found_by_reading_three_hours(company):
    story = company.queue("Lost in the crowd", company.now + HOUR)
    chatter(company, 600, every=6)
    company.slack.answer("chat.postMessage", "lost_reply")
    company.stand.work()
    company.slack.answer("conversations.history", "unavailable", times=10**6)
    for _ in range(24):
        chatter(company, 200, every=18)
        company.stand.work()
    company.slack.clear()
    before = len(asked(company, "conversations.history"))
    company.until_all_is_sent()
    company.assert_stands_once(story, "Lost in the crowd")
    assert 0 < len(asked(company, "conversations.history")) - before <= 2


def test_what_is_not_there_is_not_looked_for_without_end(company):
    """A machine talks: 3,000 messages in three hours. They are read within what Slack allows in a minute."""
    story = company.queue("Never arrived", company.now + 2 * HOUR)
    chatter(company, 2000, every=3.6)
    company.slack.answer("chat.postMessage", "server_error")
    company.stand.work()
    chatter(company, 1000, every=3.6)
    before = len(asked(company, "conversations.history"))
    company.until_all_is_sent()
    company.assert_stands_once(story, "Never arrived")
    assert len(asked(company, "conversations.history")) - before <= 4
