"""Room 3: what a clause is about.

`taxonomy` reads the words of the 18 indicators, `indicators` classifies clauses by them. The layers stand off
from the text: they refer to clauses by anchor and never change them.
"""

from generator.analysis.indicators import classify
from generator.analysis.taxonomy import INDICATOR_IDS, Indicator, Taxonomy, load_taxonomy

__all__ = ["INDICATOR_IDS", "Indicator", "Taxonomy", "classify", "load_taxonomy"]
