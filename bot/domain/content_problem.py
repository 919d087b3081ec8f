"""What is wrong with a file that comms wrote, and how to mend it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ContentProblem:
    """`file` is its name inside the content folder; `line` counts from 1, None when it is about the whole file."""

    file: str
    line: int | None
    what: str
    mend: str

    @property
    def where(self) -> str:
        """File and line."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.mend}"


class ContentUnusable(Exception):
    """A file that cannot be used; `problems` has everything that is wrong with it, never empty."""

    def __init__(self, *problems: ContentProblem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
