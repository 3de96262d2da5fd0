"""Four worked passages, about a country that does not exist, from which a small model learns what a good answer is.

They stand in front of every question, so a model reads them once and its prefix cache keeps them. Each extractor
holds its own answers to them. They teach when a list stays empty as much as how it is filled.
"""

from __future__ import annotations

from typing import NamedTuple


class Passage(NamedTuple):
    """A part of a text, with the sentence before it, which says who `she` is, and what the passage goes on from."""

    before: str
    text: str


PASSAGES = (
    Passage(
        "Ilse Marr grew up in Tarn.",
        "She was finance minister of Velmora in 2004-2008, and in May 2011 she became mayor of Tarn and chair of the "
        "League of Ports. She worked there until June 2015. In October of the same year Jon Pell, deputy director of "
        "the Trade Office, was elected Speaker of the Chamber after Edo Lanz stepped down. It was a surprise to a "
        "public that knew him as a quiet man.",
    ),
    Passage(
        "Pell praised the package.",
        "The law cuts the term of judges from ten years to six and lets villages elect their own elders. Relatives of "
        "ministers may no longer hold shares in state firms, and newspapers do not need a licence any more. A new bill "
        "would halve the number of governors. With such steps Velmora has become a model of modern government for the "
        "whole region.",
    ),
    Passage(
        "",
        "Velmoran President Ilse Marr thanked Osterland's Chancellor Ute Brandt for her invitation to the summit of "
        "northern states, during a visit by Kai Roth, head of the Council of Regions. “No court should belong to one "
        "generation,” she told reporters. Roth noted that the two countries had been friends for a century.",
    ),
    Passage(
        "The winters were hard.",
        "Marr won the snap presidential elections of March 2019 and June 2024. The riots of that winter changed much "
        "in the country, and few forget them. A referendum on party funding is planned for 9 June, when villages will "
        "also vote for their elders.",
    ),
)
