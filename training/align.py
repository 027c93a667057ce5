"""Statistical word alignment of the training pairs: two HMMs that are trained to agree.

    /usr/bin/python3 training/align.py --corpus ../shared/data/en-zh

IBM model 1, then hidden Markov models (Vogel et al., 1996) in both directions, whose expected
counts are the products of both posteriors (alignment by agreement, Liang et al., 2006). Units are
the tokenizer's pieces. Learnt from train.tsv alone; alignments.dev.jsonl only measures it and picks
the threshold. Writes .run/links.npz: `links` [all, 2] of (English piece, Chinese piece), `ends` [pairs].
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np

from corpus import clean_chinese, clean_english, read_pairs
from tokenizer import SPACE, Tokenizer

RUN = Path(__file__).resolve().parent / ".run"
JUMP, NULL = 8, 0.08  # jumps beyond ±8 share a bucket; probability of an unaligned word
LONGEST = 64


def spans(pieces: list[str], text: str) -> list[tuple[int, int]]:
    """Character range in `text` of each piece, its leading space left out."""
    out, at = [], -1  # the leading `▁` stands before the text
    for piece in pieces:
        out.append((at + piece.startswith(SPACE), at + len(piece)))
        at += len(piece)
    return out


def token_spans(tokens: list[str], text: str) -> list[tuple[int, int]]:
    out, at = [], 0
    for token in tokens:
        at = text.index(token, at)
        out.append((at, at + len(token)))
        at += len(token)
    return out


def overlap(pieces, tokens) -> np.ndarray:
    """[pieces, tokens] of booleans: do the character ranges meet?"""
    p, t = np.array(pieces).reshape(-1, 1, 2), np.array(tokens).reshape(1, -1, 2)
    return np.minimum(p[..., 1], t[..., 1]) > np.maximum(p[..., 0], t[..., 0])


def read_gold(corpus: Path, tokenizer: Tokenizer) -> list[dict]:
    """Hand alignments with the overlap of pieces and tokens on either side."""
    out = []
    for line in open(corpus / "alignments.dev.jsonl", encoding="utf-8"):
        row = json.loads(line)
        for side, clean in (("en", clean_english), ("zh", clean_chinese)):
            text = clean(row[side])
            row[side] = text
            pieces = tokenizer.segment(text)
            tokens = [clean_english(t) if side == "en" else t for t in row[f"{side}_tokens"]]
            row[f"{side}_overlap"] = overlap(spans(pieces, text), token_spans(tokens, text))
        out.append(row)
    return out


def error_rate(predicted: list[set], gold: list[dict]) -> float:
    """AER = 1 − (|A∩S| + |A∩P|) / (|A| + |S|); predicted: sets of (English token, Chinese token)."""
    hits = total = 0
    for links, row in zip(predicted, gold):
        sure = {tuple(x) for x in row["sure"]}
        possible = sure | {tuple(x) for x in row["possible"]}
        hits += len(links & sure) + len(links & possible)
        total += len(links) + len(sure)
    return 1 - hits / total


def to_tokens(links: np.ndarray, row: dict) -> set:
    """Piece links [en, zh] (booleans) → set of token links."""
    counts = row["en_overlap"].T.astype(int) @ links.astype(int) @ row["zh_overlap"].astype(int)
    return set(zip(*map(lambda x: x.tolist(), np.nonzero(counts))))


class Aligner:
    """Cells are (pair, English i, Chinese j); pairs of equal lengths form groups [B, I, J]."""

    def __init__(self, pairs: list[tuple[np.ndarray, np.ndarray]], learnt_from: int, size: int):
        groups = defaultdict(list)
        for number, (en, zh) in enumerate(pairs):
            if 0 < len(en) <= LONGEST and 0 < len(zh) <= LONGEST:
                groups[len(en), len(zh), number < learnt_from].append(number)
        self.groups = []
        for (_, _, learn), members in sorted(groups.items()):
            en, zh = (np.stack([pairs[m][side] for m in members]) for side in (0, 1))
            self.groups.append((members, en, zh, en[:, :, None].astype(np.int64) * size + zh[:, None, :], learn))
        keys, inverse = np.unique(np.concatenate([g[3].ravel() for g in self.groups]), return_inverse=True)
        self.key_en, self.key_zh, self.size, at = keys // size, keys % size, size, 0
        for i, (members, en, zh, cells, learn) in enumerate(self.groups):
            self.groups[i] = (members, en, zh, inverse[at:at + cells.size].reshape(cells.shape), learn)
            at += cells.size
        self.normalise(np.ones(len(keys)), np.ones(size), np.ones(size))
        self.jumps = [np.ones(2 * JUMP + 1), np.ones(2 * JUMP + 1)]

    def normalise(self, counts, null_zh, null_en):
        """Expected counts → p(zh | en), p(en | zh), and the same from the empty word."""
        self.to_zh = counts / np.bincount(self.key_en, counts, self.size)[self.key_en]
        self.to_en = counts / np.bincount(self.key_zh, counts, self.size)[self.key_zh]
        self.null_zh, self.null_en = null_zh / null_zh.sum(), null_en / null_en.sum()

    def iterate(self, hmm: bool, agree: bool):
        counts = np.full(len(self.key_en), 1e-9)
        null_zh, null_en = np.full(self.size, 1e-3), np.full(self.size, 1e-3)
        jumps = [np.full(2 * JUMP + 1, 0.1) for _ in range(2)]
        for members, en, zh, cells, learn in self.groups:
            if not learn:
                continue
            a, b = self.posteriors(en, zh, cells, hmm, jumps)
            both = a * b if agree else (a + b) / 2
            counts += np.bincount(cells.ravel(), both.ravel(), len(counts))
            null_zh += np.bincount(zh.ravel(), np.clip(1 - both.sum(1), 0, 1).ravel(), self.size)
            null_en += np.bincount(en.ravel(), np.clip(1 - both.sum(2), 0, 1).ravel(), self.size)
        self.normalise(counts, null_zh, null_en)
        if hmm:
            self.jumps = jumps

    def posteriors(self, en, zh, cells, hmm, jumps):
        """Two [B, I, J]: P(zh_j comes from en_i) and P(en_i comes from zh_j)."""
        one, two = self.to_zh[cells], self.to_en[cells]
        null_one, null_two = self.null_zh[zh], self.null_en[en]
        if not hmm:
            i, j = one.shape[1:]
            a = one * ((1 - NULL) / i)
            b = two * ((1 - NULL) / j)
            return a / (a.sum(1, keepdims=True) + NULL * null_one[:, None]), b / (b.sum(2, keepdims=True) + NULL * null_two[..., None])
        a = chain(one, null_one, self.jumps[0], jumps[0])
        b = chain(two.transpose(0, 2, 1), null_two, self.jumps[1], jumps[1]).transpose(0, 2, 1)
        return a, b

    def product(self) -> dict[int, np.ndarray]:
        """Pair number → geometric mean of both posteriors [I, J]."""
        out, spare = {}, [np.zeros(2 * JUMP + 1) for _ in range(2)]
        for members, en, zh, cells, _ in self.groups:
            a, b = self.posteriors(en, zh, cells, True, spare)
            out.update(zip(members, np.sqrt(a * b)))
        return out


def chain(emit, null, jump, counts):
    """Forward–backward: emit [B, I, J] p(word j | state i), null [B, J] → posteriors [B, I, J].

    An unaligned word keeps the position it was reached from. Expected jumps are added to counts.
    """
    b, i, j = emit.shape
    distance = np.clip(np.arange(i)[None, :] - np.arange(i)[:, None], -JUMP, JUMP) + JUMP
    move = jump[distance]
    move /= move.sum(1, keepdims=True)
    move *= 1 - NULL
    emit = emit.transpose(2, 0, 1) + 1e-12
    null = null.T[:, :, None] * NULL + 1e-15
    linked, empty = np.empty((j, b, i)), np.empty((j, b, i))
    before = np.full((b, i), 1 / i)
    for t in range(j):
        linked[t] = (before @ move if t else before * (1 - NULL)) * emit[t]
        empty[t] = before * null[t]
        before = linked[t] + empty[t]
        scale = before.sum(1, keepdims=True)
        linked[t] /= scale
        empty[t] /= scale
        before = before / scale
    out, after = np.empty((j, b, i)), np.ones((b, i))
    for t in range(j - 1, -1, -1):
        posterior, empties = linked[t] * after, empty[t] * after
        total = (posterior + empties).sum(1, keepdims=True)
        out[t] = posterior / total
        if t:
            ahead = emit[t] * after
            previous = linked[t - 1] + empty[t - 1]
            pull = ahead @ move.T
            after = pull + null[t] * after
            norm = (previous * after).sum(1, keepdims=True)
            flow = move * ((previous / norm).T @ ahead)
            counts += np.bincount(distance.ravel(), flow.ravel(), len(counts))
            after = after / norm
    return out.transpose(1, 2, 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--run", type=Path, default=RUN)
    arguments = parser.parse_args()
    arguments.run.mkdir(exist_ok=True)
    tokenizer = Tokenizer()
    train, gold = read_pairs(arguments.corpus, "train"), read_gold(arguments.corpus, tokenizer)
    words: dict[str, int] = {}
    unit = lambda p: words.setdefault(p.lstrip(SPACE).lower() or p, len(words))
    pairs = [tuple(np.array([unit(p) for p in tokenizer.segment(text)]) for text in pair)
             for pair in train + [(row["en"], row["zh"]) for row in gold]]
    aligner = Aligner(pairs, len(train), len(words))
    # A lone `▁` has no meaning to align.
    lone = words.get(SPACE, -1)

    def measure():
        product = aligner.product()
        for p, m in product.items():
            m[pairs[p][0] == lone] = 0
            m[:, pairs[p][1] == lone] = 0
        rates = {t: error_rate([to_tokens(product[len(train) + k] > t, row) for k, row in enumerate(gold)], gold)
                 for t in (0.2, 0.3, 0.4, 0.5, 0.6)}
        print("   AER on dev by threshold:", {t: round(r, 3) for t, r in rates.items()}, flush=True)
        return product, min(rates, key=rates.get)

    for step in range(5):
        aligner.iterate(False, step >= 3)
    for step in range(6):
        aligner.iterate(True, True)
        print("HMM", step + 1, np.round(aligner.jumps[0] / aligner.jumps[0].sum(), 2)[JUMP - 2:JUMP + 4], flush=True)
        product, threshold = measure()
    links = [np.argwhere(product[k] > threshold) if k in product else np.zeros((0, 2), int) for k in range(len(train))]
    np.savez_compressed(arguments.run / "links.npz", links=np.concatenate(links).astype(np.int16),
                        ends=np.cumsum([len(x) for x in links]))
    print(f"{sum(map(len, links))} links at threshold {threshold}")


if __name__ == "__main__":
    main()
