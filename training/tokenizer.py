"""The joint tokenizer: trains a unigram model (Kudo, 2018) and writes it as a plain tokenizer.json.

    /usr/bin/python3 training/tokenizer.py --corpus ../shared/data/en-zh

It learns from words with their counts, not from sentences, so that no piece spans two words:
English words as the spaces part them, Chinese words as jieba's dictionary does. jieba is needed
here only; at run time the pieces alone decide. `Tokenizer` below reads that tokenizer.json and is what training and evaluation use, so that the
JSON is the only truth; check_tokenizer.mjs compares it with @huggingface/tokenizers.
Ids as in Marian's checkpoints: </s> 0, <unk> 1, the pieces, the two language tokens, <pad> last.
"""

import argparse
import json
import math
import re
import unicodedata
from collections import Counter
from pathlib import Path

from corpus import HAN, read_pairs

HERE = Path(__file__).resolve().parent
MODEL = HERE.parent / "models" / "en-zh"
EOS, UNK, PAD, TO_ZH, TO_EN = "</s>", "<unk>", "<pad>", ">>cmn<<", ">>eng<<"
SPACE = "▁"


class Tokenizer:
    """Unigram segmentation (Viterbi) with NFC and Metaspace, as tokenizer.json describes it."""

    def __init__(self, folder: Path = MODEL):
        data = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
        self.pieces = [piece for piece, _ in data["model"]["vocab"]]
        self.ids = {piece: i for i, piece in enumerate(self.pieces)}
        special = {token["content"] for token in data["added_tokens"]}
        self.scores = {p: s for p, s in data["model"]["vocab"] if p not in special}
        self.longest = max(map(len, self.scores))
        self.unknown_score = min(self.scores.values()) - 10.0
        self.eos, self.unk, self.pad = self.ids[EOS], self.ids[UNK], self.ids[PAD]
        self.to_zh, self.to_en = self.ids[TO_ZH], self.ids[TO_EN]
        self.size = len(self.pieces)

    def segment(self, text: str) -> list[str]:
        """The pieces of a text, without special tokens; runs of unknown characters are one piece."""
        text = SPACE + unicodedata.normalize("NFC", text).replace(" ", SPACE)
        best, back = [0.0] + [-1e30] * len(text), [0] * (len(text) + 1)
        for start in range(len(text)):
            single = False
            for end in range(start + 1, min(start + self.longest, len(text)) + 1):
                score = self.scores.get(text[start:end])
                if score is None:
                    continue
                single = single or end == start + 1
                if best[start] + score > best[end]:
                    best[end], back[end] = best[start] + score, start
            if not single and best[start] + self.unknown_score > best[start + 1]:
                best[start + 1], back[start + 1] = best[start] + self.unknown_score, start
        out, end = [], len(text)
        while end > 0:
            out.append(text[back[end]:end])
            end = back[end]
        fused = []
        for piece in reversed(out):
            if fused and piece not in self.scores and fused[-1] not in self.scores:
                fused[-1] += piece
            else:
                fused.append(piece)
        return fused

    def encode(self, text: str) -> list[int]:
        return [self.ids[p] if p in self.scores else self.unk for p in self.segment(text)]

    def decode(self, ids) -> str:
        special = {self.eos, self.unk, self.pad, self.to_zh, self.to_en}
        return "".join(self.pieces[i] for i in ids if i not in special).replace(SPACE, " ").strip()


def count_words(lines: list[str]) -> list[tuple[str, int]]:
    """Words with counts, most frequent first; a word at a start or after a space begins with `▁`."""
    import jieba

    jieba.setLogLevel(60)
    counts = Counter()
    for line in lines:
        for chunk in line.split(" "):
            words = jieba.lcut(chunk, HMM=False) if re.search(f"[{HAN}]", chunk) else [chunk]
            counts.update([SPACE + words[0], *words[1:]])
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def allowed(piece: str) -> bool:
    """Chinese pieces have four characters at most, digits stand alone, marks do not join letters."""
    body = piece.removeprefix(SPACE)
    if len(body) <= 1:
        return True
    return bool(re.fullmatch(f"[{HAN}]{{2,4}}", body) or re.fullmatch(r"[^\W\d_]+(?:'[a-z]+)?|'[a-z]+|\.\.\.|……|——", body)
                and not re.search(f"[{HAN}]", body))


def train_unigram(words: list[tuple[str, int]], size: int, longest: int = 16) -> dict[str, float]:
    """Log probabilities of `size` pieces: the EM and pruning of Kudo (2018), on words with counts."""
    counts = Counter()
    for word, n in words:
        for start in range(len(word)):
            for end in range(start + 1, min(start + longest, len(word)) + 1):
                counts[word[start:end]] += n
    characters = {p for p in counts if len(p) == 1}
    seeds = sorted((p for p, n in counts.items() if len(p) > 1 and n >= 4 and allowed(p)),
                   key=lambda p: (-counts[p] * len(p), p))[:size * 5]
    total = sum(counts[p] for p in [*characters, *seeds])
    scores = {p: math.log(counts[p] / total) for p in [*sorted(characters), *seeds]}
    while True:
        for _ in range(2):
            expected = Counter()
            for word, n in words:
                expect(word, n, scores, longest, expected)
            total = sum(expected.values())
            scores = {p: math.log(max(expected[p], 0.5) / total) for p in scores
                      if len(p) == 1 or expected[p] >= 0.5}
        print(f"  {len(scores)} pieces", flush=True)
        if len(scores) <= size:
            return scores
        # What a piece saves: its count times the gain over its best spelling by other pieces.
        gain = {p: expected[p] * (s - best_split(p, scores, longest)) for p, s in scores.items() if len(p) > 1}
        keep = max(size - len(characters), int(0.75 * len(gain)))
        kept = sorted(gain, key=lambda p: (-gain[p], p))[:keep]
        scores = {p: scores[p] for p in [*sorted(characters), *kept]}
        if len(scores) == size:
            return scores


def expect(word: str, n: int, scores: dict, longest: int, expected: Counter) -> None:
    """Adds the expected counts of pieces in `n` copies of a word (forward–backward, in probabilities)."""
    length = len(word)
    spans = [(i, j, math.exp(s)) for i in range(length) for j in range(i + 1, min(i + longest, length) + 1)
             if (s := scores.get(word[i:j])) is not None]
    forward, backward = [1.0] + [0.0] * length, [0.0] * length + [1.0]
    for i, j, p in spans:
        forward[j] += forward[i] * p
    for i, j, p in reversed(spans):
        backward[i] += backward[j] * p
    if forward[length] > 0:
        for i, j, p in spans:
            expected[word[i:j]] += n * forward[i] * p * backward[j] / forward[length]


def best_split(piece: str, scores: dict, longest: int) -> float:
    """The log probability of the best spelling of a piece by other pieces."""
    best = [0.0] + [-1e9] * len(piece)
    for i in range(len(piece)):
        for j in range(i + 1, len(piece) + 1):
            if j - i < len(piece) and (s := scores.get(piece[i:j])) is not None:
                best[j] = max(best[j], best[i] + s)
    return best[-1]


def dump(arguments) -> None:
    """Dev sources as the model takes them (language token, text, </s>), and some odd lines."""
    t = Tokenizer(arguments.out)
    odd = ["  two  spaces", "don't “quote” it…", "naïve café, e\u0301te\u0301", "龘靐 unknown 🙂🙂 龘", "３ｋｍ，１２%",
           "I've 1,234.5 km", "汤姆说：“Hello, 玛丽！”", "a\u3000b"]
    lines = [(to, text) for pair in read_pairs(arguments.corpus, "dev") for to, text in zip((TO_ZH, TO_EN), pair)]
    for to, text in lines + [(TO_ZH, text) for text in odd]:
        ids = [t.ids[to], *t.encode(text), t.eos]
        print(json.dumps({"text": f"{to} {text}", "ids": ids, "decoded": t.decode(ids)}, ensure_ascii=False))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--vocabulary", type=int, default=8000)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--dump", action="store_true", help="print dev lines with their ids, for check_tokenizer.mjs")
    arguments = parser.parse_args()
    if arguments.dump:
        return dump(arguments)
    arguments.out.mkdir(parents=True, exist_ok=True)
    lines = [side for pair in read_pairs(arguments.corpus, "train") for side in pair]
    scores = train_unigram(count_words(lines), arguments.vocabulary - 5)
    pieces = sorted(((p, round(s, 5)) for p, s in scores.items()), key=lambda item: (-item[1], item[0]))
    vocabulary = [[EOS, 0.0], [UNK, 0.0], *map(list, pieces), [TO_ZH, 0.0], [TO_EN, 0.0], [PAD, 0.0]]
    ids = {p: i for i, (p, _) in enumerate(vocabulary)}
    assert len(ids) == len(vocabulary) == arguments.vocabulary

    metaspace = {"type": "Metaspace", "replacement": SPACE, "prepend_scheme": "always", "split": True}
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [
            {"id": ids[t], "content": t, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": False, "special": True} for t in (EOS, UNK, TO_ZH, TO_EN, PAD)],
        "normalizer": {"type": "NFC"},
        "pre_tokenizer": metaspace,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": EOS, "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}},
                     {"SpecialToken": {"id": EOS, "type_id": 0}}],
            "special_tokens": {EOS: {"id": EOS, "ids": [ids[EOS]], "tokens": [EOS]}}},
        "decoder": metaspace,
        "model": {"type": "Unigram", "unk_id": ids[UNK], "vocab": vocabulary, "byte_fallback": False}}
    (arguments.out / "tokenizer.json").write_text(
        json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512,
        "eos_token": EOS, "unk_token": UNK, "pad_token": PAD,
        "additional_special_tokens": [TO_ZH, TO_EN], "clean_up_tokenization_spaces": False,
        "source_lang": ["eng", "cmn"], "target_lang": ["cmn", "eng"],
        "target_language_tokens": {"cmn": TO_ZH, "eng": TO_EN}}
    (arguments.out / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    han = sum(bool(re.search(f"[{HAN}]", p)) for p, _ in vocabulary)
    print(f"{len(vocabulary)} pieces, {han} of them Chinese")


if __name__ == "__main__":
    main()
