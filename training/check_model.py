"""Compares model.py with Hugging Face's MarianMTModel on a fixture of its attentions and logits.

    /usr/bin/python3 training/check_model.py --fixture ../shared/fixtures/hf/marian
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

import weights
from model import Marian

parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
parser.add_argument("--fixture", type=Path, required=True)
folder = parser.parse_args().fixture
config = json.loads((folder / "config.json").read_text())
stored = {n: torch.from_numpy(t.astype(np.float32)) for n, t in weights.read(folder / "model.safetensors").items()}
expected = weights.read(folder / "expected.safetensors")


class Fixture(Marian):
    """The fixture's two feed-forward widths differ, which the trained model's do not."""

    def __init__(self):
        super().__init__({"d_model": config["d_model"], "heads": config["encoder_attention_heads"], "ffn": 1,
                          "encoder_layers": config["encoder_layers"], "decoder_layers": config["decoder_layers"],
                          "vocab_size": config["vocab_size"]})


model, w = Fixture(), stored
source = torch.from_numpy(expected["input_ids"].copy())
target = torch.from_numpy(expected["decoder_input_ids"].copy())
encoder, decoder, cross = [], [], []
with torch.no_grad():
    memory = model.encode(w, source, None, encoder)
    states = model.decode(w, target, memory, None, cross, decoder)
    logits = states @ w["model.shared.weight"].t() + w["final_logits_bias"]
found = {"encoder_last_hidden_state": memory, "logits": logits}
for name, maps in (("encoder_attentions", encoder), ("decoder_attentions", decoder), ("cross_attentions", cross)):
    found |= {f"{name}.{layer}": tensor for layer, tensor in enumerate(maps)}
worst = 0.0
for name, tensor in found.items():
    difference = float(np.abs(tensor.numpy() - expected[name]).max())
    worst = max(worst, difference)
    print(f"{name:30} {difference:.2e}")
print("stored tensors:", len(stored), "extra:", sorted(set(stored) - set(model.p)), "missing:", sorted(set(model.p) - set(stored)))
raise SystemExit(0 if worst < 1e-4 else "differs from the reference")
