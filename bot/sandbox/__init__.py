"""A Slack to try the bot on: a local stand-in for a workspace, over real HTTP and WebSocket.

    workspace = Workspace(make_company(people=40, seed=1), now)      # now: () -> aware UTC datetime
    with Sandbox(workspace) as sandbox:                              # real_time=False when the clock steps
        WebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        sandbox.acts.command("U00000002", "C0COMMS", "/passalong help")
        sandbox.faults.answer("chat.postMessage", "lost_reply")

`acts` is what people do and see, `faults` what goes wrong, `workspace` the state (and `workspace.log` all that was
said). It refuses what Slack refuses, with Slack's own error strings. `python -m bot.sandbox` starts it alone.
"""

from bot.sandbox.acts import Acts, Outcome
from bot.sandbox.company import Company, Person, make_company
from bot.sandbox.faults import Faults
from bot.sandbox.post_limits import PostLimits
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace import Workspace

__all__ = ["Acts", "Company", "Faults", "Outcome", "Person", "PostLimits", "Sandbox", "Workspace", "make_company"]
