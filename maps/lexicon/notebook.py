"""Results shown in a notebook."""

WORDS: dict[str, tuple[str, str]] = {
    "notebook_missed": ("未覆盖", "Left out"),
}
