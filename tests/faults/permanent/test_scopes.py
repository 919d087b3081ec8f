"""A scope is taken away: what needs it waits, the admin hears once which, and it goes on when it is back."""

import pytest

from bot.actions.look_at_access import look_at_access
from bot.actions.rebuild_reactions import rebuild_reactions
from bot.domain.problems import ScopeMissing


def look(comms):
    look_at_access(comms.desk, comms.now)
    comms.rest()


def test_without_the_scope_for_reactions_all_else_goes_on(comms):
    comms.workspace.granted_scopes -= {"reactions:write"}
    story = comms.post(comms.one)
    assert len(comms.standing(comms.one)) == 1
    assert comms.open_deliveries() == ["seed: missing_scope"]
    for _ in range(3):
        look(comms)
        comms.wait_long()
    missing = [text for text in comms.told(comms.admin) if "reactions:write" in text]
    assert len(missing) == 1
    assert "passalong manifest" in missing[0]
    comms.workspace.granted_scopes |= {"reactions:write"}
    look(comms)
    assert comms.open_deliveries() == []
    message = comms.standing(comms.one)[0]
    assert comms.workspace.bot_user in message["reactions"][0]["users"]
    assert len([text for text in comms.told(comms.admin) if "reactions:write" in text]) == 2
    assert comms.told(comms.editor) == []
    assert comms.story(story).state == "posted"


def test_without_the_scope_to_post_the_word_itself_waits_and_does_not_come_too_late(comms):
    comms.workspace.granted_scopes -= {"chat:write"}
    comms.post(comms.one)
    look(comms)
    assert set(comms.open_deliveries()) == {"story: missing_scope", "notice: missing_scope"}
    comms.wait_long()
    assert comms.told(comms.admin) == []
    comms.workspace.granted_scopes |= {"chat:write"}
    comms.stand.clock.step(minutes=10)
    look(comms)
    comms.rest()
    assert len(comms.standing(comms.one)) == 1
    [word] = comms.told(comms.admin)
    assert "Ik heb deze rechten weer" in word
    assert "chat:write" in word


def test_a_lost_answer_is_not_posted_twice_when_it_cannot_be_looked_for(comms):
    story = comms.queue(comms.one)
    comms.stand.clock.to(story.due_at)
    comms.stand.sandbox.faults.answer("chat.postMessage", "lost_reply", times=1)
    comms.stand.work()
    comms.workspace.granted_scopes -= {"channels:history"}
    comms.wait_long()
    assert len(comms.standing(comms.one)) == 1
    assert comms.open_deliveries() == ["story: missing_scope"]
    comms.workspace.granted_scopes |= {"channels:history"}
    look(comms)
    look(comms)
    assert len(comms.standing(comms.one)) == 1
    assert comms.ts(story, comms.one)


def test_a_scope_that_is_only_used_for_looking_is_noticed_too(comms):
    comms.post(comms.one)
    comms.workspace.granted_scopes -= {"reactions:read"}
    with pytest.raises(ScopeMissing):
        rebuild_reactions(comms.desk, comms.now)
    look(comms)
    assert len([text for text in comms.told(comms.admin) if "reactions:read" in text]) == 1


def test_the_scope_for_user_groups_may_be_left_out(comms):
    comms.workspace.granted_scopes -= {"usergroups:read"}
    look(comms)
    assert comms.told(comms.admin) == []
