"""What `/passalong leaderboard` says, line by line, and who asks for it in which language."""

from tests.slack.passing_along import spoken


def board(company, user, text="leaderboard"):
    found = company.say(text, user)
    assert found["response_type"] == "ephemeral"
    assert spoken(found["blocks"]) == found["text"]
    return found["text"].splitlines()


def english(company):
    return next(n for n, p in enumerate(company.staff) if p.locale.startswith("en"))


def dutch(company):
    return next(n for n, p in enumerate(company.staff) if p.locale.startswith("nl"))
