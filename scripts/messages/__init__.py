"""What a person is told, in English or in Chinese.

The code says everything in English, where it arises. The catalogue holds for each English message
its Chinese twin; `translated` finds it by its pattern, so that no part of the code need know two
languages. A text without a twin stays as it is: a test reads the source and finds each of them.
"""

from __future__ import annotations

from scripts.messages.saying import said, translated
from scripts.messages.speaking import Language, language_of

__all__ = ["Language", "language_of", "said", "translated"]
