"""How long the log of a meeting takes a hand: an estimate by the keystroke-level model, not a measurement.

Card, Moran and Newell, "The keystroke-level model for user performance time with interactive systems",
Communications of the ACM 23 (1980), 396-410; the values are those of their book, "The Psychology of
Human-Computer Interaction" (1983), chapter 8. The model knows a mouse; a thumb on a phone points no slower
than a mouse, so P stands for it. What the machine takes (R) is measured in the browser; it stands apart.
"""

from dataclasses import dataclass

POINT = 1.10
"""P: bring the finger to a target (seconds)."""
PRESS = 0.20
"""BB: touch and let go."""
THINK = 1.35
"""M: prepare one step; the rule of the model puts one before each choice, and none before what follows."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one log holds: choices that must be thought of, moves that need no thought, and the machine."""

    choices: int
    scrolls: int
    machine_s: float

    @property
    def human_s(self) -> float:
        """M P BB for each choice, P BB for each move of the page."""
        return self.choices * (THINK + POINT + PRESS) + self.scrolls * (POINT + PRESS)

    def __str__(self) -> str:
        each = f"{self.choices} × (M {THINK} + P {POINT} + BB {PRESS})"
        waits = f"with R {self.machine_s:.1f} on the slow line {self.human_s + self.machine_s:.1f} s"
        return f"{each} + {self.scrolls} × (P + BB) = {self.human_s:.1f} s; {waits}"
