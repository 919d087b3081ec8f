"""How many characters a reader sees: what Bluesky limits, and what a weighted count needs.

A small approximation of Unicode's extended grapheme clusters (UAX 29) out of the standard library. One character:
a base with its combining marks, emoji joined by a zero-width joiner, an emoji with a skin tone or a variation selector,
two regional indicators (a flag), a tagged flag (Scotland), and a line break of two code points. Not covered: conjuncts
of Indic scripts and Hangul letters that have no composed form; those count as more, never as fewer.
"""

import unicodedata

_JOINER = "\u200d"
_MARKS = ("Mn", "Me", "Mc")


_LONGEST_CLUSTER = 32


def graphemes(text: str) -> list[str]:
    """The text cut into what a reader sees as single characters."""
    return _clusters(unicodedata.normalize("NFC", text))


def start_of(text: str, most: int) -> str:
    """At most this many code points from the start, none of them a part of what is read as one character."""
    if len(text) <= most:
        return text
    near = text[max(0, most - _LONGEST_CLUSTER) : most + 1]
    torn = _clusters(near)[-1]
    return text[:most] if len(torn) == 1 or len(torn) > _LONGEST_CLUSTER else text[: most + 1 - len(torn)]


def _clusters(text: str) -> list[str]:
    clusters: list[str] = []
    for char in text:
        if clusters and _belongs_to(clusters[-1], char):
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


def is_emoji(cluster: str) -> bool:
    """Whether a cluster is drawn as one emoji: a picture, a flag, or a keycap."""
    return _is_picture(cluster[0]) or _is_flag_half(cluster[0]) or cluster.endswith(("\ufe0f", "\u20e3"))


def _belongs_to(cluster: str, char: str) -> bool:
    if cluster == "\r" or char in "\r\n" or cluster[-1] == "\n":
        return cluster == "\r" and char == "\n"
    if _extends(char):
        return True
    if cluster.endswith(_JOINER):
        return _is_picture(cluster[0]) and _is_picture(char)
    return len(cluster) == 1 and _is_flag_half(cluster) and _is_flag_half(char)


def _extends(char: str) -> bool:
    is_tag = "\U000e0020" <= char <= "\U000e007f"
    is_skin_tone = "\U0001f3fb" <= char <= "\U0001f3ff"
    return char in (_JOINER, "\u200c") or is_tag or is_skin_tone or unicodedata.category(char) in _MARKS


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_picture(char: str) -> bool:
    return char >= "\u203c" and unicodedata.category(char) == "So" and not _is_flag_half(char)
