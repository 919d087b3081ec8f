import pytest

from bot.domain.zones import ZoneUncertain, ZoneUnknown, find_zone


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        (" europe/amsterdam ", "Europe/Amsterdam"),
        ("amsterdam", "Europe/Amsterdam"),
        ("New York", "America/New_York"),
        ("UTC", "UTC"),
    ],
)
def test_found(typed, name):
    assert find_zone(typed) == name


@pytest.mark.parametrize(
    ("typed", "likely"),
    [("Amstredam", "Europe/Amsterdam"), ("Europe/Amsterda", "Europe/Amsterdam"), ("Louisville", "America/Louisville")],
)
def test_never_guessed(typed, likely):
    with pytest.raises(ZoneUncertain) as found:
        find_zone(typed, field="zone")
    assert likely in found.value.params["likely"]
    assert found.value.field == "zone"


@pytest.mark.parametrize("typed", ["", "Middle Earth", "GMT+1", "Etc/GMT+1", "../../etc/passwd"])
def test_unknown(typed):
    """`Etc/GMT+1` is an hour behind UTC, the other way round from what people mean by it."""
    with pytest.raises(ZoneUnknown):
        find_zone(typed)
