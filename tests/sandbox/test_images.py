import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from tests.sandbox.asking import GOOD, refusal


class Pictures(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind = {"/a.png": "image/png", "/a.webp": "image/webp", "/page": "text/html"}.get(self.path)
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.end_headers()
        self.wfile.write(b"x")

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def pictures() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pictures)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def post(client: WebClient, url: str) -> object:
    blocks = [{"type": "image", "image_url": url, "alt_text": "a picture"}]
    return client.chat_postMessage(channel=GOOD, text="x", blocks=blocks)


def test_a_picture_is_fetched(client: WebClient, pictures: str) -> None:
    post(client, f"{pictures}/a.png")


@pytest.mark.parametrize("path", ["/a.webp", "/page", "/gone.png"])
def test_what_is_no_picture(client: WebClient, pictures: str, path: str) -> None:
    answer = refusal(post, client=client, url=pictures + path)
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] downloading image failed [json-pointer:/blocks/0/image_url]"
    ]


def test_nobody_there(client: WebClient) -> None:
    assert refusal(post, client=client, url="http://127.0.0.1:9/a.png")["error"] == "invalid_blocks"


def test_elsewhere_the_table_decides(sandbox: Sandbox, client: WebClient) -> None:
    post(client, "https://pictures.example/a.jpg")
    assert refusal(post, client=client, url="http://pictures.example/a.jpg")["error"] == "invalid_blocks"
    sandbox.workspace.images["https://pictures.example/a.jpg"] = ""
    assert refusal(post, client=client, url="https://pictures.example/a.jpg")["error"] == "invalid_blocks"
    sandbox.workspace.images["https://pictures.example/b"] = "image/png"
    post(client, "https://pictures.example/b")
