"""Measures the exported F16 model on dev and writes models/en-zh/eval.json.

    /usr/bin/python3 training/evaluate.py --corpus ../shared/data/en-zh

Translation: greedy, BLEU and chrF against dev.tsv as it stands. Alignment: the decoder is given the
reference translation; every target piece links to the source piece of greatest weight (marks of the
model's own, the language token and </s>, left out), and pieces link all tokens they overlap.
"predicting" reads piece t off row t, which predicts it; "reading" off row t + 1, which takes it in.
"""

import argparse
import json
import os
from pathlib import Path

import numpy as np
import torch

import weights
from align import error_rate, read_gold, to_tokens
from corpus import clean_chinese, clean_english
from model import Marian, source_mask
from scores import bleu, chinese_tokens, chrf, english_tokens
from tokenizer import MODEL, Tokenizer

ROWS = ("predicting", "reading")


def load(folder: Path) -> tuple[Marian, dict]:
    model = Marian()
    model.load({n: torch.from_numpy(t.astype(np.float32)) for n, t in weights.read(folder / "model.safetensors").items()})
    return model, model.views(model.flat.detach())


def pad(rows: list[list[int]], value: int) -> torch.Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [value] * (width - len(row)) for row in rows])


@torch.no_grad()
def translate(model, w, tokenizer, texts: list[str], to: int, limit: int = 60) -> list[str]:
    """Greedy translations; the limit is on target pieces. The prefix is run anew each step: it is short."""
    sources = [[to, *tokenizer.encode(text), tokenizer.eos] for text in texts]
    order, out = sorted(range(len(texts)), key=lambda i: len(sources[i])), [""] * len(texts)
    shared, bias = w["model.shared.weight"], w["final_logits_bias"]
    for start in range(0, len(order), 100):
        batch = order[start:start + 100]
        source = pad([sources[i] for i in batch], tokenizer.pad)
        mask = source_mask(source, tokenizer.pad)
        memory = model.encode(w, source, mask)
        target = torch.full((len(batch), 1), tokenizer.pad)
        active = torch.arange(len(batch))
        while len(active) and target.shape[1] <= limit:
            state = model.decode(w, target[active], memory[active], mask if mask is None else mask[active])[:, -1]
            best = torch.full((len(batch),), tokenizer.eos)
            best[active] = (state @ shared.t() + bias).argmax(1)
            active = active[best[active] != tokenizer.eos]
            target = torch.cat([target, best[:, None]], 1)
        for i, row in zip(batch, target.tolist()):
            row = row[1:]
            out[i] = tokenizer.decode(row[:row.index(tokenizer.eos)] if tokenizer.eos in row else row)
    return out


@torch.no_grad()
def cross_attention(model, w, tokenizer, source: str, target: str, to: int) -> np.ndarray:
    """Weights [layers, heads, T + 1, S + 2] for a source text and its translation: rows are
    target pieces and </s>, columns the language token, source pieces, </s>."""
    ids = torch.tensor([[to, *tokenizer.encode(source), tokenizer.eos]])
    given = torch.tensor([[tokenizer.pad, *tokenizer.encode(target)]])
    maps = []
    model.decode(w, given, model.encode(w, ids, None), None, maps)
    return torch.stack(maps)[:, 0].numpy()


def one_best(weights_: np.ndarray) -> np.ndarray:
    """[T, S] → booleans: each row's greatest weight."""
    return np.arange(weights_.shape[1])[None] == weights_.argmax(1)[:, None]


def measure_alignment(model, w, tokenizer, gold) -> dict:
    """AER by head, row and direction; of averages; of both directions together."""
    maps = {way: [cross_attention(model, w, tokenizer, row[a], row[b], to) for row in gold]
            for way, a, b, to in (("en-zh", "en", "zh", tokenizer.to_zh), ("zh-en", "zh", "en", tokenizer.to_en))}
    layers, heads = maps["en-zh"][0].shape[:2]

    def read(way: str, layer, head, row: str) -> list[np.ndarray]:
        """Per sentence [English pieces, Chinese pieces] of weights; layer and head may be slices."""
        shift, out = ROWS.index(row), []
        for m in maps[way]:
            chosen = np.atleast_3d(m[layer, head]).reshape(-1, *m.shape[2:]).mean(0)
            chosen = chosen[shift:m.shape[2] - 1 + shift, 1:-1]
            out.append(chosen.T if way == "en-zh" else chosen)
        return out

    def rate(links: list[np.ndarray]) -> float:
        return round(error_rate([to_tokens(x, row) for x, row in zip(links, gold)], gold), 4)

    def best(way: str, table: list[np.ndarray]) -> float:
        return rate([one_best(x.T).T if way == "en-zh" else one_best(x) for x in table])

    every, result = slice(None), {"sentences": len(gold), "heads": {}, "layerAverages": {}, "allAverage": {}}
    for way in maps:
        for row in ROWS:
            key = f"{way} {row}"
            result["heads"][key] = [[best(way, read(way, l, h, row)) for h in range(heads)] for l in range(layers)]
            result["layerAverages"][key] = [best(way, read(way, l, every, row)) for l in range(layers)]
            result["allAverage"][key] = best(way, read(way, every, every, row))
    result["bestHead"], result["threshold"], result["bothDirections"] = {}, {}, {}
    for row in ROWS:
        mean = np.mean([result["heads"][f"{way} {row}"] for way in maps], 0)
        layer, head = map(int, np.unravel_index(mean.argmin(), mean.shape))
        result["bestHead"][row] = {"layer": layer, "head": head, **{way: result["heads"][f"{way} {row}"][layer][head] for way in maps}}
        tables = {way: read(way, layer, head, row) for way in maps}
        for way in maps:
            rates = {t: rate([x > t for x in tables[way]]) for t in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)}
            t = min(rates, key=rates.get)
            result["threshold"][f"{way} {row}"] = {"weightAbove": t, "aer": rates[t]}
        product = [np.sqrt(a * b) for a, b in zip(tables["en-zh"], tables["zh-en"])]
        rates = {t: rate([x > t for x in product]) for t in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4)}
        t = min(rates, key=rates.get)
        result["bothDirections"][row] = {"geometricMeanAbove": t, "aer": rates[t]}
    return result


def example(model, w, tokenizer, text: str, layer: int, head: int) -> dict:
    """A greedy translation into Chinese with one head's weights, rows that predict."""
    translation = translate(model, w, tokenizer, [text], tokenizer.to_zh)[0]
    m = cross_attention(model, w, tokenizer, text, translation, tokenizer.to_zh)[layer, head]
    return {"source": [">>cmn<<", *tokenizer.segment(text), "</s>"], "target": [*tokenizer.segment(translation), "</s>"],
            "translation": translation, "weights": [[round(float(x), 3) for x in row] for row in m]}


def name_threshold(path: Path, both: dict) -> None:
    """Writes into config.json where to cut the geometric mean of both directions, for whoever aligns with the model."""
    config = json.loads(path.read_text(encoding="utf-8"))
    best = config["attention_explorer"]["bestAlignment"]
    best["geometricMeanAbove"] = both[best["row"]]["geometricMeanAbove"]
    path.write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--show", type=int, default=0, help="print this many translations")
    parser.add_argument("--limit", type=int, help="only the first so many rows of dev.tsv")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--dry", action="store_true", help="write nothing")
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    tokenizer = Tokenizer(a.model)
    model, w = load(a.model)
    rows = [line.rstrip("\n").split("\t")[:2] for line in open(a.corpus / "dev.tsv", encoding="utf-8")][1:][:a.limit]
    english, chinese = map(list, zip(*rows))
    into_chinese = translate(model, w, tokenizer, list(map(clean_english, english)), tokenizer.to_zh)
    into_english = translate(model, w, tokenizer, list(map(clean_chinese, chinese)), tokenizer.to_en)
    result = {"sentences": len(rows), "translation": {
        "en-zh": {"bleuCharacters": round(bleu(into_chinese, chinese, chinese_tokens), 2), "chrf": round(chrf(into_chinese, chinese), 2)},
        "zh-en": {"bleu": round(bleu(into_english, english, english_tokens), 2), "chrf": round(chrf(into_english, english), 2)}},
        "alignment": measure_alignment(model, w, tokenizer, read_gold(a.corpus, tokenizer))}
    head = result["alignment"]["bestHead"]["predicting"]
    result["example"] = example(model, w, tokenizer, "I like eating ice cream.", head["layer"], head["head"])
    facts = Path(__file__).resolve().parent / ".run" / "facts.json"
    if facts.exists():
        result = {"training": json.loads(facts.read_text()), **result}
    for i in range(a.show):
        print(english[i], "|", into_chinese[i], "|", chinese[i], "|", into_english[i])
    print(json.dumps(result, ensure_ascii=False, indent=1))
    if not a.dry:
        name_threshold(a.model / "config.json", result["alignment"]["bothDirections"])
        (a.model / "eval.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
