"""BLEU and chrF for a corpus with one reference a sentence, counted as sacreBLEU counts them."""

import math
import re
from collections import Counter

from corpus import HAN


def english_tokens(text: str) -> list[str]:
    """mteval-v13a tokenization."""
    text = f" {text} "
    text = re.sub(r"([\{-\~\[-\` -\&\(-\+\:-\@\/])", r" \1 ", text)
    text = re.sub(r"([^0-9])([\.,])", r"\1 \2 ", text)
    text = re.sub(r"([\.,])([^0-9])", r" \1 \2", text)
    text = re.sub(r"([0-9])(-)", r"\1 \2 ", text)
    return text.split()


def chinese_tokens(text: str) -> list[str]:
    """Single characters; runs of Latin letters or of digits stay whole."""
    return re.findall(rf"[{HAN}]|[^\W\d_{HAN}]+|\d+(?:[.,]\d+)*|\S", text)


def ngrams(items, n: int) -> Counter:
    return Counter(tuple(items[i:i + n]) for i in range(len(items) - n + 1))


def bleu(hypotheses: list[str], references: list[str], tokens) -> float:
    """Corpus BLEU-4, exponential smoothing of empty counts, 0..100."""
    match, total, hyp_length, ref_length = [0] * 4, [0] * 4, 0, 0
    for hypothesis, reference in zip(hypotheses, references):
        h, r = tokens(hypothesis), tokens(reference)
        hyp_length, ref_length = hyp_length + len(h), ref_length + len(r)
        for n in range(4):
            have, want = ngrams(h, n + 1), ngrams(r, n + 1)
            match[n] += sum((have & want).values())
            total[n] += max(len(h) - n, 0)
    smooth, logs = 1.0, []
    for n in range(4):
        if total[n] == 0:
            return 0.0
        if match[n] == 0:
            smooth *= 2
        logs.append(math.log((match[n] or 1 / smooth) / total[n]))
    brevity = min(0.0, 1 - ref_length / hyp_length) if hyp_length else 0.0
    return 100 * math.exp(sum(logs) / 4 + brevity) if match[0] else 0.0


def chrf(hypotheses: list[str], references: list[str], order: int = 6, beta: float = 2.0) -> float:
    """Corpus chrF2: characters without spaces, n-grams of 1 to 6, 0..100."""
    counts = [[0, 0, 0] for _ in range(order)]
    for hypothesis, reference in zip(hypotheses, references):
        h, r = "".join(hypothesis.split()), "".join(reference.split())
        for n in range(order):
            have, want = ngrams(h, n + 1), ngrams(r, n + 1)
            counts[n][0] += sum((have & want).values())
            counts[n][1] += sum(have.values())
            counts[n][2] += sum(want.values())
    used = [(m / h, m / r) for m, h, r in counts if h and r]
    if not used:
        return 0.0
    precision, recall = (sum(x) / len(used) for x in zip(*used))
    return 100 * (1 + beta ** 2) * precision * recall / (beta ** 2 * precision + recall) if precision + recall else 0.0


def self_check() -> None:
    """Values worked out by hand or with sacreBLEU's published examples."""
    assert english_tokens('He said, "Hi." 3.5') == ["He", "said", ",", '"', "Hi", ".", '"', "3.5"]
    assert chinese_tokens("我有2.5个iPad。") == ["我", "有", "2.5", "个", "iPad", "。"]
    same = ["the cat sat on the mat", "another sentence of words"]
    assert abs(bleu(same, same, english_tokens) - 100) < 1e-9 and abs(chrf(same, same) - 100) < 1e-9
    # precisions 5/6, 3/5, 2/4, 1/3, no brevity penalty
    expected = 100 * (5 / 6 * 3 / 5 * 2 / 4 * 1 / 3) ** 0.25
    assert abs(bleu(["the cat sat on a mat"], ["the cat sat on the mat"], english_tokens) - expected) < 1e-9
    # precisions 1, 1, 1, 1 and brevity exp(1 − 6/4)
    assert abs(bleu(["the cat sat on"], ["the cat sat on the mat"], english_tokens) - 100 * math.exp(-0.5)) < 1e-9
    # ab against abc: order 1 P 1 R 2/3, order 2 P 1 R 1/2; the hypothesis has no longer n-grams
    p, r = 1.0, (2 / 3 + 1 / 2) / 2
    assert abs(chrf(["ab"], ["abc"]) - 100 * 5 * p * r / (4 * p + r)) < 1e-9


self_check()
