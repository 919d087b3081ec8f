"""What the days of the week are called, in English and Dutch, in full and in short."""

NAMES: dict[str, tuple[tuple[str, ...], ...]] = {
    "en": (
        ("Mon", "Monday", "Mondays"),
        ("Tue", "Tuesday", "Tues", "Tuesdays"),
        ("Wed", "Wednesday", "Weds", "Wednesdays"),
        ("Thu", "Thursday", "Thur", "Thurs", "Thursdays"),
        ("Fri", "Friday", "Fridays"),
        ("Sat", "Saturday", "Saturdays"),
        ("Sun", "Sunday", "Sundays"),
    ),
    "nl": (
        ("ma", "maandag", "maan", "maandags"),
        ("di", "dinsdag", "din", "dins", "dinsdags"),
        ("wo", "woensdag", "woe", "woens", "woensdags"),
        ("do", "donderdag", "don", "donder", "donderdags"),
        ("vr", "vrijdag", "vrij", "vrijdags"),
        ("za", "zaterdag", "zat", "zaterdags"),
        ("zo", "zondag", "zon", "zondags"),
    ),
}
"""For each language and day (Monday first): the short name we write, then whatever people write."""

NUMBER_OF: dict[str, int] = {
    name.lower(): number for days in NAMES.values() for number, names in enumerate(days) for name in names
}
"""0 = Monday … 6 = Sunday, by lower-case name in either language."""


def short_name(weekday: int, language: str) -> str:
    """ "Tue" or "di"; a language we do not have is answered in English."""
    return NAMES.get(language, NAMES["en"])[weekday][0]
