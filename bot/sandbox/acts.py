"""What people do in Slack. Every act goes to the app as Slack would send it, and waits for its acknowledgement."""

from bot.sandbox.acting.acting import DONE, TROUBLE, Outcome
from bot.sandbox.acting.choices import chosen_state
from bot.sandbox.acting.going_out import GoingOut
from bot.sandbox.acting.looking import Looking
from bot.sandbox.acting.modals import Modals
from bot.sandbox.acting.moving import Moving
from bot.sandbox.acting.pressing import Pressing
from bot.sandbox.acting.talking import Talking

__all__ = ["DONE", "TROUBLE", "Acts", "Outcome", "chosen_state"]


class Acts(Talking, Moving, Pressing, Modals, Looking, GoingOut):
    """Everything a person can do or see. Synchronous; call from any thread but the server's own."""
