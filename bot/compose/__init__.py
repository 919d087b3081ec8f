"""The only place where things are built and joined."""

from bot.compose.clients import app_client, bot_client, trusted
from bot.compose.crisis import crisis_folder
from bot.compose.database import NoDatabase, open_store, ready_store, untouched_store
from bot.compose.folders import content_folder, read_meter, read_words
from bot.compose.house import House, build
from bot.compose.public import build_link_server

__all__ = [
    "House",
    "NoDatabase",
    "app_client",
    "bot_client",
    "build",
    "build_link_server",
    "content_folder",
    "crisis_folder",
    "open_store",
    "read_meter",
    "read_words",
    "ready_store",
    "trusted",
    "untouched_store",
]
