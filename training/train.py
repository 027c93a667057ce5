"""Trains both directions at once; stop it at any time and start it again with the same command.

    /usr/bin/python3 training/train.py --corpus ../shared/data/en-zh --minutes 110

The learning rate warms up, then falls in a straight line to 0 at the end of the budget: so many
minutes of training (--minutes), a time of day (--until 19:10), or so many updates (--steps).
With the links of align.py, two heads of the decoder's cross-attention also learn to align (Garg et
al., 2019): one in the row that predicts a word, one in the row that reads it (HEADS below).
"""

import argparse
import datetime
import os
import signal
import time
from pathlib import Path

import numpy as np
import torch

from corpus import read_pairs
from model import Marian, SmoothedLoss, source_mask
from tokenizer import Tokenizer

HERE = Path(__file__).resolve().parent
RUN = HERE / ".run"
# (layer, head, shift): the row that predicts target piece t is row t (shift 0); row t + 1 reads it (shift 1).
HEADS = ((2, 0, 0), (1, 0, 1))


class Data:
    """Both directions of the pairs as id arrays; example 2p is English→Chinese of pair p, 2p+1 the other."""

    def __init__(self, pairs, tokenizer, longest=64, links=None):
        self.tokenizer, self.source, self.target, self.links = tokenizer, [], [], []
        for p, (english, chinese) in enumerate(pairs):
            en, zh = tokenizer.encode(english), tokenizer.encode(chinese)
            if max(len(en), len(zh)) > longest:
                continue
            link = links[p] if links else np.zeros((0, 2), np.int64)
            for to, source, target, columns in ((tokenizer.to_zh, en, zh, (1, 0)), (tokenizer.to_en, zh, en, (0, 1))):
                self.source.append(np.array([to, *source, tokenizer.eos]))
                self.target.append(np.array([tokenizer.pad, *target, tokenizer.eos]))
                self.links.append(link[:, columns])  # (target piece, source piece)

    def batches(self, tokens: int, generator: np.random.Generator | None) -> list[np.ndarray]:
        """Example numbers, grouped by like lengths so that B × (S + T) stays near 2 × tokens; shuffled."""
        s, t = np.array([len(x) for x in self.source]), np.array([len(x) for x in self.target])
        jitter = generator.random(len(s)) * 1.5 if generator else 0
        order, out, start = np.lexsort((s, np.floor(np.maximum(s, t) + jitter))), [], 0
        while start < len(order):
            end = start + 1
            width = s[order[start]] + t[order[start]]
            longest_s, longest_t = s[order[start]], t[order[start]]
            while end < len(order):
                longest_s, longest_t = max(longest_s, s[order[end]]), max(longest_t, t[order[end]])
                width = longest_s + longest_t
                if (end + 1 - start) * width > 2 * tokens:
                    break
                end += 1
            out.append(order[start:end])
            start = end
        if generator:
            generator.shuffle(out)
        return out

    def tensors(self, batch):
        """source [B, S], decoder input [B, T], wanted [B, T] with -1 as padding, links [L, 3] of (example, t, s)."""
        pad = self.tokenizer.pad
        s, t = max(len(self.source[i]) for i in batch), max(len(self.target[i]) for i in batch) - 1
        source, given = np.full((len(batch), s), pad), np.full((len(batch), t), pad)
        wanted, links = np.full((len(batch), t), -1), []
        for row, i in enumerate(batch):
            source[row, :len(self.source[i])] = self.source[i]
            given[row, :len(self.target[i]) - 1] = self.target[i][:-1]
            wanted[row, :len(self.target[i]) - 1] = self.target[i][1:]
            link = self.links[i]
            if len(link):
                links.append(np.column_stack([np.full(len(link), row), link[:, 0], link[:, 1] + 1]))
        links = np.concatenate(links) if links else np.zeros((0, 3), np.int64)
        return tuple(torch.from_numpy(x) for x in (source, given, wanted, links))


def alignment_loss(maps, links, shape):
    """Sum over linked rows of the cross-entropy from even shares of their links to the heads' attention."""
    b, t, s = shape
    wanted = torch.zeros(b, t + 1, s)
    wanted[links[:, 0], links[:, 1], links[:, 2]] = 1
    wanted = wanted / wanted.sum(2, keepdim=True).clamp(min=1)
    total = 0.0
    for layer, head, shift in HEADS:
        rows = torch.cat([torch.zeros(b, shift, s), wanted[:, :t - shift]], 1)
        total = total - (rows * (maps[layer][:, head].float() + 1e-6).log()).sum()
    return total


def losses(model, w, data, batch, smoothing, guide, half=True):
    """(loss per target piece, plain cross-entropy summed, pieces, alignment loss per piece)"""
    source, given, wanted, links = data.tensors(batch)
    mask = source_mask(source, data.tokenizer.pad)
    maps = [] if guide and len(links) else None
    rows = (wanted.view(-1) >= 0).nonzero().squeeze(1)
    pieces = len(rows)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
        memory = model.encode(w, source, mask)
        states = model.decode(w, given, memory, mask, maps)
        states = states.view(-1, states.shape[-1])[rows]
    both = SmoothedLoss.apply(states.bfloat16() if half else states, w["model.shared.weight"],
                              w["final_logits_bias"][0], wanted.view(-1)[rows], smoothing, 1 / pieces)
    loss, aligned = both[0], 0.0
    if maps is not None:
        aligned = alignment_loss(maps, links, (*given.shape, source.shape[1])) / pieces
        loss = loss + guide * aligned
    return loss, float(both[1]), pieces, float(aligned)


def evaluate(model, flat, data):
    """Cross-entropy per piece on dev: (English→Chinese, Chinese→English)."""
    w, rate = model.views(flat), model.drop.rate
    model.drop.rate = 0
    sums = {0: [0.0, 0], 1: [0.0, 0]}
    with torch.no_grad():
        for batch in data.batches(3000, None):
            for way in (0, 1):
                some = batch[batch % 2 == way]
                if len(some):
                    _, plain, pieces, _ = losses(model, w, data, some, 0.0, 0)
                    sums[way][0] += plain
                    sums[way][1] += pieces
    model.drop.rate = rate
    return tuple(total / n for total, n in sums.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--until", help="HH:MM, UTC")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--tokens", type=int, default=2500, help="pieces in a batch, on either side")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--warmup", type=int, default=600)
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--guide", type=float, default=0.1, help="weight of the alignment loss")
    parser.add_argument("--average", type=float, default=0.999)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--run", type=Path, default=RUN)
    parser.add_argument("--probe", type=int, help="only time this many updates")
    a = parser.parse_args()
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    torch.set_flush_denormal(True)
    a.run.mkdir(exist_ok=True)
    tokenizer = Tokenizer()
    links = None
    if (a.run / "links.npz").exists():
        stored = np.load(a.run / "links.npz")
        links = np.split(stored["links"], stored["ends"][:-1])
    data = Data(read_pairs(a.corpus, "train"), tokenizer, links=links)
    dev = Data(read_pairs(a.corpus, "dev"), tokenizer, longest=200)
    model = Marian(seed=a.seed, dropout=a.dropout)
    model.config["vocab_size"] = tokenizer.size
    average, first, second = model.flat.clone(), torch.zeros_like(model.flat), torch.zeros_like(model.flat)
    step = epoch = at = 0
    trained, seen = 0.0, 0
    checkpoint = a.run / "checkpoint.pt"
    if checkpoint.exists() and not a.probe:
        state = torch.load(checkpoint)
        model.flat.copy_(state["flat"])
        average, first, second = state["average"], state["first"], state["second"]
        step, epoch, at, trained, seen = (state[k] for k in ("step", "epoch", "at", "trained", "seen"))
    end = None
    if a.until:
        now = datetime.datetime.now(datetime.timezone.utc)
        end = now.replace(hour=int(a.until[:2]), minute=int(a.until[3:]), second=0).timestamp()
    print(f"{len(data.source)} examples, {model.flat.numel()} weights, step {step}, links: {bool(links)}", flush=True)

    def save():
        torch.save({"flat": model.flat, "average": average, "first": first, "second": second, "step": step,
                    "epoch": epoch, "at": at, "trained": trained, "seen": seen}, a.run / "checkpoint.tmp")
        os.replace(a.run / "checkpoint.tmp", checkpoint)

    stop = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.append(1))
    started = last = saved = time.time()
    before, log, done = trained, [0.0, 0, 0.0, 0.0], False
    pad_row = model.views(model.gradient)["model.shared.weight"][-1]
    while not done:
        batches = data.batches(a.tokens, np.random.default_rng((a.seed, epoch)))
        model.drop.refresh(a.seed * 1000003 + epoch * 1009 + at)
        while at < len(batches):
            trained = before + time.time() - started
            if a.steps:
                progress = step / a.steps
            elif a.minutes:
                progress = trained / (60 * a.minutes)
            elif end:
                progress = trained / max(trained + end - time.time(), 1)
            else:
                progress = 0.0
            if stop:
                break
            if progress >= 1 or (end and time.time() >= end) or (a.probe and step >= a.probe):
                done = True
                break
            rate = a.rate * min((step + 1) / a.warmup, 1 - progress)
            model.gradient.zero_()
            loss, plain, pieces, aligned = losses(model, model.w, data, batches[at], 0.1, a.guide)
            loss.backward()
            pad_row.zero_()
            step, at, seen = step + 1, at + 1, seen + pieces
            g = model.gradient
            g.mul_(min(1.0, 1.0 / (float(g.norm()) + 1e-9)))
            first.lerp_(g, 0.1)
            second.mul_(0.98).addcmul_(g, g, value=0.02)
            size = rate * (1 - 0.98 ** step) ** 0.5 / (1 - 0.9 ** step)
            with torch.no_grad():
                model.flat.addcdiv_(first, second.sqrt().add_(1e-8), value=-size)
                average.lerp_(model.flat, 1 - min(a.average, (1 + step) / (10 + step)))
            for i, x in enumerate((plain, pieces, aligned, 1)):
                log[i] += x
            if step % 100 == 0 or a.probe and step % 10 == 0:
                now = time.time()
                print(f"{datetime.datetime.utcnow():%H:%M:%S} step {step} pass {epoch + at / len(batches):.2f} "
                      f"loss {log[0] / log[1]:.3f} align {log[2] / log[3]:.3f} rate {rate:.2e} "
                      f"{log[1] / (now - last):.0f} pieces/s", flush=True)
                last, log = now, [0.0, 0, 0.0, 0.0]
            if step % 1000 == 0 and not a.probe:
                print("dev loss en→zh %.3f zh→en %.3f" % evaluate(model, average, dev), flush=True)
                last = time.time()
            if time.time() - saved > 180 and not a.probe:
                save()
                saved = time.time()
        else:
            epoch, at = epoch + 1, 0
        if stop:
            break
    if not a.probe:
        save()
        if not stop:
            print("dev loss en→zh %.3f zh→en %.3f" % evaluate(model, average, dev))
        print(f"{'stopped' if stop else 'finished'}: {step} updates, {epoch + at / len(batches):.2f} passes, {seen} target pieces, "
              f"{trained / 60:.1f} minutes", flush=True)


if __name__ == "__main__":
    main()
