"""More events at once than the SDK's reader can follow, and frames that come in pieces."""

import json
import socket
import struct
from logging import getLogger
from threading import Lock

import pytest
from slack_sdk.socket_mode.builtin.internals import _receive_messages

from bot.slack.whole_frames import WholeFrames
from tests.conftest import until


@pytest.fixture
def wire():
    """Slack's end of a connection, and ours."""
    slack, ours = socket.socketpair()
    ours.settimeout(0.2)
    yield slack, WholeFrames(ours)
    slack.close()
    ours.close()


def frame(data, opcode=1):
    if len(data) < 126:
        return bytes((0x80 | opcode, len(data))) + data
    if len(data) < 65536:
        return struct.pack("!BBH", 0x80 | opcode, 126, len(data)) + data
    return struct.pack("!BBQ", 0x80 | opcode, 127, len(data)) + data


def read(sock):
    [(header, data)] = _receive_messages(sock=sock, sock_receive_lock=Lock(), logger=getLogger("wire"))
    return header.opcode, data


@pytest.mark.parametrize("length", [1, 2, 125, 126, 127, 1022, 1024, 65535, 65536, 100_000])
def test_every_length_is_read_whole(wire, length):
    slack, ours = wire
    slack.sendall(frame(b"a" * length) + frame(b"next"))
    assert read(ours) == (1, b"a" * length)
    assert read(ours) == (1, b"next")


def test_what_the_handshake_left_is_no_frame(wire):
    slack, ours = wire
    slack.sendall(b"\n" + frame(b"x" * 200))
    assert read(ours) == (1, b"x" * 200)


@pytest.mark.parametrize("opcode", [8, 9])
def test_a_frame_with_nothing_in_it_waits_for_no_other(wire, opcode):
    slack, ours = wire
    slack.sendall(frame(b"", opcode))
    assert read(ours) == (opcode, b"")


def test_a_frame_whose_second_half_is_late_is_not_lost(wire):
    slack, ours = wire
    whole = frame(b"x" * 300)
    slack.sendall(frame(b"first") + whole[:3])
    assert read(ours) == (1, b"first")
    with pytest.raises(TimeoutError):
        read(ours)
    slack.sendall(whole[3:100])
    with pytest.raises(TimeoutError):
        read(ours)
    slack.sendall(whole[100:])
    assert read(ours) == (1, b"x" * 300)


def test_the_end_is_said_unless_we_are_leaving(wire):
    slack, ours = wire
    slack.close()
    with pytest.raises(ConnectionResetError):
        ours.recv(1)
    ours.shutdown(socket.SHUT_RD)
    assert ours.recv(1) == b""


def test_fifteen_hundred_events_in_one_go_are_all_acknowledged(stand):
    """The stock reader gives up at about a thousand: it is held until all of them wait in its socket."""
    session = stand.house.connection._handler.client.current_session
    with session.sock_receive_lock:
        for number in range(1500):
            event = {"type": "reaction_added", "user": "U1", "reaction": "x", "item": {"type": "file", "n": number}}
            stand.sandbox.socket.publish(stand.sandbox.dispatcher.envelope(event))
        sent = json.dumps(stand.sandbox.socket.deliveries[-1].payload)
        assert '"n": 1499' in sent
    until(stand.sandbox.idle, 60)
    assert stand.sandbox.socket.deliveries == []
