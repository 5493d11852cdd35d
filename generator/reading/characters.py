"""Which characters of a file are text, and those that text extraction puts in the place of others."""

from __future__ import annotations

import unicodedata

# Kangxi radicals decompose to their characters; of the supplement Unicode decomposes only two, so the radicals
# that text extraction is known to leave are listed (Unicode EquivalentUnifiedIdeograph).
RADICALS = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | dict(
    zip(
        "⺁⺇⺉⺋⺍⺕⺖⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺥⺧⺨⺩⺫⺬⺭⺮⺯⺰⺱⺲⺷⺸⺹⺺⺻⺼⺽⺾⺿⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻏⻐⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "厂几刂㔾小彐忄扌攵旡月歺母民氵氺灬爫爫牛犭王罒示礻竹糹纟罓罒羊羊老肀聿肉臼艹艹虎衤覀西见角讠贝车辶阝钅長镸长门雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)


def is_text(character: str) -> bool:
    """Whether a character is printed; one of private use may be, and an editor must see it. White space is not printed."""
    return character.isprintable() or unicodedata.category(character) == "Co"
