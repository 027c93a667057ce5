"""Writes the weights of the checkpoint as a Hugging Face Marian checkpoint in F16.

    /usr/bin/python3 training/export.py

model.py already has the checkpoint's parameter names, so this only rounds and writes. Ties are
stored once (model.shared.weight); the sinusoidal positions are computed, not stored. The last weights are
the default: the rate ends at 0, so the running average only lags behind them (dev cross-entropy
1.715 and 1.513 against 1.737 and 1.531). For a look in the middle of training take the average.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

import weights
from model import CONFIG, Marian
from tokenizer import MODEL, Tokenizer
from train import HEADS, RUN

POSITIONS = 512


def config_json(t: Tokenizer) -> dict:
    c = CONFIG
    (predicting, reading) = ({"layer": layer, "head": head, "row": "reading" if shift else "predicting"}
                             for layer, head, shift in HEADS)
    return {
        "architectures": ["MarianMTModel"], "model_type": "marian", "is_encoder_decoder": True,
        "vocab_size": t.size, "decoder_vocab_size": t.size, "d_model": c["d_model"],
        "encoder_layers": c["encoder_layers"], "decoder_layers": c["decoder_layers"],
        "num_hidden_layers": c["encoder_layers"],
        "encoder_attention_heads": c["heads"], "decoder_attention_heads": c["heads"],
        "encoder_ffn_dim": c["ffn"], "decoder_ffn_dim": c["ffn"],
        "activation_function": "swish", "normalize_before": False, "normalize_embedding": False,
        "add_bias_logits": False, "add_final_layer_norm": False,
        "scale_embedding": True, "static_position_embeddings": True, "max_position_embeddings": POSITIONS,
        "share_encoder_decoder_embeddings": True, "tie_word_embeddings": True,
        "dropout": 0.2, "attention_dropout": 0.0, "activation_dropout": 0.0, "init_std": 0.02,
        "encoder_layerdrop": 0.0, "decoder_layerdrop": 0.0, "use_cache": True, "torch_dtype": "float16",
        "eos_token_id": t.eos, "forced_eos_token_id": t.eos, "pad_token_id": t.pad, "decoder_start_token_id": t.pad,
        "bad_words_ids": [[t.pad]], "max_length": POSITIONS, "num_beams": 1,
        # Not read by transformers: which cross-attention heads (0-based) were trained to align, see README.md.
        # "predicting": row t, that predicts target piece t; "reading": row t + 1, whose input is target piece t.
        "attention_explorer": {"alignment": predicting, "bestAlignment": reading},
    }


def generation_json(t: Tokenizer) -> dict:
    return {"bad_words_ids": [[t.pad]], "decoder_start_token_id": t.pad, "eos_token_id": t.eos,
            "forced_eos_token_id": t.eos, "max_length": POSITIONS, "num_beams": 1, "pad_token_id": t.pad}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--run", type=Path, default=RUN)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--average", action="store_true", help="the running average instead of the last weights")
    a = parser.parse_args()
    tokenizer, model = Tokenizer(a.out), Marian()
    state = torch.load(a.run / "checkpoint.pt")
    tensors = {name: w.numpy().astype(np.float16) for name, w in model.views(state["average" if a.average else "flat"]).items()}
    tensors["final_logits_bias"][0, tokenizer.pad] = -1e4  # <pad> is never predicted
    weights.write(a.out / "model.safetensors", tensors)
    for name, value in (("config", config_json(tokenizer)), ("generation_config", generation_json(tokenizer))):
        (a.out / f"{name}.json").write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
    facts = {"updates": state["step"], "targetPieces": state["seen"], "minutes": round(state["trained"] / 60, 1),
             "parameters": model.flat.numel()}
    (a.run / "facts.json").write_text(json.dumps(facts) + "\n", encoding="utf-8")
    print(f"{facts}, {sum(f.stat().st_size for f in a.out.iterdir()) / 1e6:.2f} MB in {a.out}")


if __name__ == "__main__":
    main()
