"""What we say to people: Korean is written where it is said, English comes from the catalogue.

`say("{indicator:을/를} 확인해 주세요.", indicator=name)` makes a phrase. The Korean text is the key of the
catalogue, so code reads as the conversation does. A phrase becomes text only where it is drawn, in the
language of the person who will read it.
"""

from models.words.phrase import Phrase, Refusal, Value, say
from models.words.translate import Translator, translator

__all__ = ["Phrase", "Refusal", "Translator", "Value", "say", "translator"]
