"""Reads the corpus and cleans it (the same cleaning for training and for dev sources).

Rows are (english, chinese). Cleaning is light: NFC, no zero-width characters, one space between
words, and in Chinese text the punctuation marks that writers typed in ASCII become full-width, so
that the model learns one style. NFC is also what tokenizer.json does; NFKC would fold `，` into `,`.
"""

import re
import unicodedata
from pathlib import Path

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_HALF = {c: c - 0xFEE0 for c in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]}
_HALF |= {0x3000: 0x20, 0xFF02: 0x22, 0xFF05: 0x25, 0xFF0D: 0x2D, 0x00A0: 0x20}
_FULL = str.maketrans(",?!:;", "，？！：；")


def clean(text: str) -> str:
    """NFC, ordinary digits and letters, single spaces."""
    text = unicodedata.normalize("NFC", text).translate(_HALF)
    return re.sub(r"\s+", " ", _ZERO_WIDTH.sub("", text)).strip()


def clean_english(text: str) -> str:
    return clean(text).translate(str.maketrans("’‘“”", "''\"\""))


def clean_chinese(text: str) -> str:
    """Also: full-width punctuation after a Han character or a closing mark, no spaces beside Han."""
    text = clean(text)
    text = re.sub(rf"(?<=[{HAN}”」』》）])[,?!:;]+", lambda m: m[0].translate(_FULL), text)
    text = re.sub(rf"(?<=[{HAN}])\.$", "。", text)
    return re.sub(rf"(?<=[{HAN}，。！？：；、“”]) | (?=[{HAN}，。！？：；、“”])", "", text)


def read_pairs(corpus: Path, split: str) -> list[tuple[str, str]]:
    """The (english, chinese) rows of <corpus>/<split>.tsv, cleaned; exact repeats are dropped from train."""
    rows, seen = [], set()
    with open(corpus / f"{split}.tsv", encoding="utf-8") as handle:
        header = handle.readline().rstrip("\n").split("\t")
        en_column, zh_column = header.index("en"), header.index("zh")
        for line in handle:
            cells = line.rstrip("\n").split("\t")
            pair = clean_english(cells[en_column]), clean_chinese(cells[zh_column])
            if split == "train" and (pair in seen or not pair[0] or not pair[1]):
                continue
            seen.add(pair)
            rows.append(pair)
    return rows
