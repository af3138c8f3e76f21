"""What a reader strikes in one daily half hour, key by key, and what must be seen after each.

Thirty papers are decided on: those of the morning's new issue in the list, the others on cards. Six of them are kept,
looked up, tagged, one is noted, and all go into the ``.bib`` of the paper that is being written. The next day all of
it is taken back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

DONE = {"r": "read", "c": "put to read", "x": "dropped", ".": "starred, put to read"}
"""What each key that decides is called when it is taken back."""

KEPT = (
    "DeepSeek-R1: Incentivizing Reasoning Capability in LLMs via Reinforcement Learning",
    "Direct Preference Optimization: Your Language Model is Secretly a Reward Model",
    "FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness",
    "High-Resolution Image Synthesis with Latent Diffusion Models",
    "LoRA: Low-Rank Adaptation of Large Language Models",
    "Model Cards for Model Reporting",
)
"""The titles of the papers that are kept."""

NOTE = "Their reward is only whether the answer is right. Is ours?"


@dataclass(frozen=True)
class Step:
    """Keys, and what is to be seen after them.

    Each of ``see`` is in one row of the screen, and nothing of ``gone`` is; ``told`` is in the toast. ``decided`` is
    how the title begins of the paper on which the key decides, ``back`` that it takes the last decision back. With a
    ``station`` the screen goes into the story, under that heading; ``glance`` is for how many seconds it is looked at.
    """

    keys: tuple[str, ...]
    see: tuple[str, ...] = ()
    told: str = ""
    gone: tuple[str, ...] = ()
    decided: str | None = None
    back: bool = False
    station: str = ""
    glance: float = 0.0

    @property
    def struck(self) -> str:
        """The keys, for the story; words as they are typed."""
        words = "".join(" " if key == "space" else key for key in self.keys)
        return f"“{words}”" if " " in words.strip() else " ".join(self.keys)


def _step(key: str, *see: str, **more: object) -> Step:
    return Step((key,), see, **more)  # type: ignore[arg-type]  # the fields of a step


def _typed(text: str, *see: str, **more: object) -> Step:
    return Step(tuple("space" if letter == " " else letter for letter in text), see, **more)  # type: ignore[arg-type]


MORNING = Step((), ("DeepSeek-R1", "6 unread"), gone=("reading …",), station="A new issue came in with the program")

TRIAGE = (
    _step("escape", "6 unread", gone=("hides these lines",)),
    _step("c", "5 unread", decided="DeepSeek-R1"),
    _step("r", "4 unread", decided="Attention Is All You"),
    _step("x", "3 unread", decided="3D Gaussian Splatting"),
    _step("c", "2 unread", decided="Direct Preference"),
    _step("r", "1 unread", decided="Mamba"),
    _step(
        "r", "0 unread", told="Nothing unread is left here", decided="Highly accurate",
        station="Six are decided on in the list",
    ),
    _step("N", "FlashAttention", "6 unread"),
    _step("T", "FlashAttention", "6 left", station="The next issue, one card a paper"),
    _step("c", "LoRA", "5 left", decided="FlashAttention"),
    _step("f", "An Image is Worth", "5 left"),
    _step("x", "High-Resolution Image", "4 left", decided="An Image is Worth"),
    _step(".", "Scaling Laws", "3 left", decided="High-Resolution Image"),
    _step("r", "Lost in the Middle", "2 left", decided="Scaling Laws"),
    _step(
        "x", "LoRA", "1 left", "looked up", "Abstract",
        gone=("looking up", "waits for", "not looked up"), decided="Lost in the Middle",
        station="A paper that was to be asked about comes again, with what the services said",
    ),
    _step("c", "0 left", "This was the last one", decided="LoRA", station="An issue is done"),
    _step("enter", "Robust Speech", "5 left"),
    _step("x", "Vicuna", "4 left", decided="Robust Speech"),
    _step("r", "FLM-101B", "3 left", decided="Vicuna"),
    _step("x", "mixup", "2 left", decided="FLM-101B"),
    _step("r", "NeRF", "1 left", decided="mixup"),
    _step("x", "0 left", decided="NeRF"),
    _step("enter", "Visualizing Data", "8 left"),
    _step("x", "The Lottery Ticket", "7 left", decided="Visualizing Data"),
    _step("r", "Effective Approaches", "6 left", decided="The Lottery Ticket"),
    _step("x", "Model Cards", "5 left", decided="Effective Approaches"),
    _step("x", "Fast splittable", "4 left", decided="Model Cards"),
    _step("u", "Model Cards", "5 left", told="Taken back: 1 paper dropped", back=True, station="A slip is taken back"),
    _step("c", "Fast splittable", "4 left", decided="Model Cards"),
    _step("r", "SQuAD", "3 left", decided="Fast splittable"),
    _step("x", "quant-ph/9508027", "2 left", decided="SQuAD"),
    _step("r", "10.1145/3442188.3445922", "1 left", decided=""),
    _step("x", "0 left", decided=""),
    _step("enter", "Your Transformer", "6 left"),
    _step("x", "xLSTM", "5 left", decided="Your Transformer"),
    _step("x", "Training language", "4 left", decided="xLSTM"),
    _step("r", "The Platonic", "3 left", decided="Training language"),
    _step("x", "KAN", "2 left", decided="The Platonic"),
    _step(
        "x", "XLNet", "1 left", decided="KAN",
        station="Thirty are decided on, one stays for tomorrow",
    ),
    _step("escape", "1 unread", "Papers", gone=("Triage",)),
)  # fmt: skip
"""The decisions, and all that lies between them."""

AFTERWARDS = (
    _step("h", "To read", "Issues"),
    _step("g"),
    Step(("j", "j"), ("   To read",), station="What was kept is a place among the issues"),
    _step("enter", "Papers  6", "Model Cards"),
    _step("a", "6 marked", told="6 marked, 6 in all"),
    _step("F", told="Looking up 5 of 6"),
    Step(
        (), ("Mitchell, Wu +7 · 2019", "Rombach, Blattmann +3 · 2022"), gone=("/5",),
        station="The kept ones are looked up",
    ),
    _step("t", "Tags of 6 papers", "space turns a tag"),
    _typed("to", "to cite", "enter adds to cite", station="A tag that was used before is two letters"),
    _step("enter", "to cite", told="6 papers tagged +to cite", gone=("Tags of",)),
    _step("n", "ctrl+s saves"),
    _typed(NOTE, "Is ours?", station="A note on the first"),
    _step("ctrl+s", "to cite ¶", told="The note is saved"),
    _step("enter", "Their reward is only", "looked up", "tags to cite", station="All that is known of it"),
    _step("e", "Export   6 papers", "@misc{deepseekai2025deepseek"),
    # What is written into a file must have been seen: enter does nothing in the first 0.3 seconds.
    _step("i", "6 entries are added", glance=0.4, station="What would go into the .bib is seen first"),
    _step("enter", told="6 entries are added", gone=("Format",), station="It is in the .bib"),
    _step("q"),
)  # fmt: skip
"""What is made of the kept ones."""


NEXT_DAY = Step((), ("   To read", "Papers  6"))


def back() -> tuple[Step, ...]:
    """Return the way back to how it was before the half hour, from the next start on."""
    decided: list[str] = []
    for step in TRIAGE:
        if step.decided is not None:
            done = f"1 paper {DONE[step.keys[0]]}"
            decided.append(f"{done}, “{step.decided}" if step.decided else f"{done}.")
        elif step.back:
            decided.pop()
    first = ("6 entries written into refs.bib", "a note written", "6 papers tagged +to cite", "6 papers marked")
    steps = [_step("u", told=f"Taken back: {each}") for each in (*first, *reversed(decided))]
    steps[0] = replace(steps[0], station="The next day, where it was left: the .bib is as it was")
    return (*steps, _step("h"), _step("g", "All papers", "  145", station="All is as it was"), _step("q"))
