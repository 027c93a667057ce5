"""Writes the model card, models/en-zh/README.md, and its Chinese summary, README.zh-cn.md, from eval.json and the corpus's attributions.

    /usr/bin/python3 training/card.py --corpus ../shared/data/en-zh

Every figure in the card is one that evaluate.py measured; nothing is typed in by hand.
"""

import argparse
import json
import re
from pathlib import Path

from card_zh import chinese_card
from corpus import read_pairs
from model import CONFIG
from tokenizer import MODEL, Tokenizer
from train import HEADS


def contributors(corpus: Path) -> list[str]:
    names = set()
    for line in open(corpus / "train.tsv", encoding="utf-8"):
        names.update(re.findall(r"#\d+ \(([^)]*)\)", line.rstrip("\n").split("\t")[-1]))
    return sorted(names, key=lambda n: (n.lower(), n))


def table(head: list[str], rows: list[list]) -> str:
    line = lambda cells: "| " + " | ".join(map(str, cells)) + " |"
    return "\n".join([line(head), line(["---"] * len(head)), *map(line, rows)])


def head_table(heads: dict) -> str:
    keys = ["en-zh predicting", "en-zh reading", "zh-en predicting", "zh-en reading"]
    layers, width = len(heads[keys[0]]), len(heads[keys[0]][0])
    rows = []
    for layer in range(layers):
        for head in range(width):
            shift = next((s for l, h, s in HEADS if (l, h) == (layer, head)), None)
            trained = "" if shift is None else "reading row" if shift else "predicting row"
            rows.append([layer, head, *(f"{heads[k][layer][head]:.3f}" for k in keys), trained])
    return table(["layer", "head", "en→zh, predicting", "en→zh, reading", "zh→en, predicting", "zh→en, reading",
                  "trained to align"], rows)


def summary_table(a: dict) -> str:
    two = lambda f: [f"{f('en-zh'):.3f}", f"{f('zh-en'):.3f}"]
    rows = []
    for row in ("predicting", "reading"):
        best = a["bestHead"][row]
        rows.append([f"best head: layer {best['layer']}, head {best['head']}", row, *two(lambda w: best[w])])
        t = a["threshold"]
        rows.append([f"same head, every weight above {t[f'en-zh {row}']['weightAbove']} / {t[f'zh-en {row}']['weightAbove']}",
                     row, *two(lambda w: t[f"{w} {row}"]["aer"])])
        for layer in range(len(a["layerAverages"][f"en-zh {row}"])):
            rows.append([f"average of layer {layer}", row, *two(lambda w: a["layerAverages"][f"{w} {row}"][layer])])
        rows.append(["average of all heads", row, *two(lambda w: a["allAverage"][f"{w} {row}"])])
        both = a["bothDirections"][row]
        rows.append([f"best head, both directions, geometric mean above {both['geometricMeanAbove']}", row,
                     f"{both['aer']:.3f}", f"{both['aer']:.3f}"])
    return table(["reading", "row", "en→zh", "zh→en"], rows)


def example_table(e: dict) -> str:
    rows = [[f"`{t}`", *(f"**{x:.2f}**" if x == max(row) else f"{x:.2f}" for x in row)]
            for t, row in zip(e["target"], e["weights"])]
    return table(["row predicts", *(f"`{s}`" for s in e["source"])], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True)
    a = parser.parse_args()
    result = json.loads((MODEL / "eval.json").read_text(encoding="utf-8"))
    facts, tr, al, t = result["training"], result["translation"], result["alignment"], Tokenizer()
    pairs = len(read_pairs(a.corpus, "train"))
    sizes = {n: (MODEL / n).stat().st_size for n in ("model.safetensors", "tokenizer.json")}
    names = ", ".join(n.replace("|", "\\|").replace("<", "&lt;").replace("_", "\\_").replace("*", "\\*") for n in contributors(a.corpus))
    predicting, reading = al["bestHead"]["predicting"], al["bestHead"]["reading"]
    (pl, ph, _), (rl, rh, _) = HEADS
    card = f"""---
language:
- en
- zh
license: cc-by-4.0
pipeline_tag: translation
tags:
- marian
- translation
- word-alignment
---

# English–Chinese, both directions, {facts['parameters'] / 1e6:.1f} M parameters

A small Marian Transformer that translates everyday sentences between English and simplified Chinese. It was trained
from scratch for Attention Explorer, to have a real model whose cross-attention can be read: two of its heads were
trained to align. It is small enough to ship with the extension, and it is loaded by the same code as any Hugging Face
Marian checkpoint. It is for looking at attention, not for translating anything that matters.
[简体中文](README.zh-cn.md)

- The first source token names the target language: `>>cmn<< I like eating ice cream.` or `>>eng<< 我喜欢吃冰淇淋。`
- `MarianMTModel`, post-norm: width {CONFIG['d_model']}, {CONFIG['heads']} heads of {CONFIG['d_model'] // CONFIG['heads']}, {CONFIG['encoder_layers']} encoder and {CONFIG['decoder_layers']} decoder layers, feed-forward {CONFIG['ffn']} (SiLU),
  {t.size} pieces, embeddings tied three ways, sinusoidal positions. {facts['parameters']:,} parameters.
- Files: `model.safetensors` {sizes['model.safetensors']:,} bytes (F16), `tokenizer.json` {sizes['tokenizer.json']:,} bytes, `config.json`,
  `generation_config.json`, `tokenizer_config.json`, `eval.json` (the figures below).
- Tokenizer: one unigram vocabulary for both languages, NFC, Metaspace; full-width punctuation stays as it is; digits
  stand alone; Chinese pieces are words of one to four characters. Characters outside the vocabulary become `<unk>`
  (there is no byte fallback).
- `attention_explorer` in `config.json` (transformers does not read it) names the two aligning heads, counted from 0,
  and under `bestAlignment` the way with the lowest error rate below: that head run in both directions, with its threshold.

## Results on dev

Measured on the F16 weights in this folder by `training/evaluate.py`: {result['sentences']} held-out pairs, one reference each, greedy
decoding. BLEU into Chinese counts characters, BLEU into English uses 13a tokens; chrF is chrF2 (n-grams of 1 to 6
characters). The dev set also served to follow training, so these are dev figures, not test figures.

{table(["direction", "BLEU", "chrF"], [["English → Chinese", f"{tr['en-zh']['bleuCharacters']:.1f} (characters)", f"{tr['en-zh']['chrf']:.1f}"], ["Chinese → English", f"{tr['zh-en']['bleu']:.1f}", f"{tr['zh-en']['chrf']:.1f}"]])}

### Alignment error rate of cross-attention

On the {al['sentences']} hand-aligned pairs, the decoder given the reference translation. Each target piece links to the source piece of
greatest weight (language token and `</s>` left out), unless a threshold is named; pieces link every word they overlap.
*Predicting* takes the row that predicts a piece; *reading* takes the row one later, whose input is that piece (Chen et
al., 2020). Lower is better. Layers and heads count from 0. Thresholds were picked on these same pairs.

{summary_table(al)}

Of single heads, over both directions, layer {predicting['layer']}, head {predicting['head']} is best in the predicting row and layer {reading['layer']}, head {reading['head']} in the
reading row. Every head:

{head_table(al['heads'])}

### An example

`I like eating ice cream.` → `{result['example']['translation']}` Layer {predicting['layer']}, head {predicting['head']}, the rows that predict:

{example_table(result['example'])}

## Training

- Data: {pairs:,} sentence pairs, both directions of each, from Tatoeba (short everyday sentences) and from image captions
  (MS COCO with the Chinese translations of 3AM).
- {facts['updates']:,} updates, {facts['targetPieces'] / 1e6:.1f} M target pieces, {facts['minutes']:.0f} minutes on two CPU cores that other work shared, matrix products in bfloat16. Adam, rate 0.002 falling
  in a line to 0, label smoothing 0.1, dropout 0.2. The last weights, which had a lower dev loss than their
  running average.
- **Two cross-attention heads were supervised**, so their alignments are taught, not found: layer {pl}, head {ph} in its predicting row
  and layer {rl}, head {rh} in its reading row learn the links of a statistical aligner (weight 0.1; Garg et al., 2019). The
  aligner, two HMMs trained to agree, learnt from the training pairs only; its threshold was picked on the dev links. All other heads are as training left them.

## Limits

- Short everyday sentences only; names, numbers, long sentences and special vocabulary often go wrong, and what it does
  not know it makes up. Traditional characters are mostly unknown to it.
- Tatoeba and caption biases are in it (Tom and Mary are everywhere).
- A word's weight in an attention head is not an explanation of the translation, least of all in a head that was
  trained to point at words.

## How to make it again

See `training/README.md` of the project: one command each for the tokenizer, the aligner, training, export, evaluation
and this card. Everything is seeded; a budget in minutes instead of updates makes runs differ with the machine's speed.

## Attribution and licences

The model is derived from these, and is offered under CC-BY 4.0 with their notices:

- **Tatoeba** (https://tatoeba.org), sentences under CC-BY 2.0 FR (https://creativecommons.org/licenses/by/2.0/fr/), by Tatoeba
  contributors; those that the corpus names are listed below. The sentences were normalised and used to train the weights.
- **MS COCO** captions (https://cocodataset.org), CC-BY 4.0 (https://creativecommons.org/licenses/by/4.0/), COCO Consortium.
- **3AM** Chinese translations of those captions, by the 3AM project (https://github.com/MaxyLee/3AM), MIT (copyright 2024 Maxy).

<details><summary>Tatoeba contributors named in the corpus</summary>

{names}

</details>
"""
    (MODEL / "README.md").write_text(card, encoding="utf-8")
    (MODEL / "README.zh-cn.md").write_text(chinese_card(result, pairs, t.size), encoding="utf-8")
    print(f"{len(card)} characters; folder {sum(f.stat().st_size for f in MODEL.iterdir()) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
