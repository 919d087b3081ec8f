"""What came back from the form of thanks."""

from bot.domain.problems import BadField
from bot.slack import ids
from bot.slack.forms.state import Values, typed


def read_thanks(values: Values) -> str:
    """The text. Raises BadField when there is none to be seen."""
    text = typed(values, ids.THANKS_TEXT)
    if not text:
        raise BadField("thanks.problem.empty", field=ids.THANKS_TEXT)
    return text
