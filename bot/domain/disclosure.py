"""The line that says one works there, at the start of a post. Being employed is a connection worth telling."""

from dataclasses import dataclass

COMPANY = "{company}"


@dataclass(frozen=True)
class DisclosureLine:
    """What to say in one language and country. `commercial` stands in when a campaign or a reward is involved."""

    language: str
    country: str
    employee: str
    commercial: str

    def filled(self, company: str, *, commercial: bool = False) -> str:
        """The line with the company's name in it; empty while nobody has told the company's name."""
        return (self.commercial if commercial else self.employee).replace(COMPANY, company) if company else ""


@dataclass(frozen=True)
class Disclosure:
    """All lines, in the order of the file."""

    lines: tuple[DisclosureLine, ...] = ()

    def line(self, language: str, country: str | None = None) -> DisclosureLine | None:
        """The line for that language and country, else the language's first; None when the language has none."""
        spoken = [line for line in self.lines if line.language == language]
        return next((line for line in spoken if line.country == country), spoken[0] if spoken else None)

    def by_language(self) -> dict[str, str]:
        """Each language's first employee line, as it stands in the file: with its place for the company."""
        return {line.language: line.employee for line in reversed(self.lines)}
