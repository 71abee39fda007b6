"""Where the next facilities serve most people, and how good any other choice could be (选址).

`sites` lays candidates out on the streets, `candidates` says what binds the choice, `questions`
answers: most people, fewest sites, least walking, shortest longest walk. Behind them stand the
table of homes and candidates (`covering`), greedy choice and swaps (`swapping`), bounds
(`bounding`), the exact models (`highs`), and the search that holds value, bound and clock together
(`quest`).
"""

from spatial.siting.candidates import Siting
from spatial.siting.questions import (
    Answer,
    fairest,
    fewest_sites,
    least_walking,
    most_people,
    people_gained,
)
from spatial.siting.sites import Sites, lay_out, propose, spots_in_gaps

__all__ = [
    "Answer",
    "Sites",
    "Siting",
    "fairest",
    "fewest_sites",
    "lay_out",
    "least_walking",
    "most_people",
    "people_gained",
    "propose",
    "spots_in_gaps",
]
