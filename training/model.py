"""The model: Hugging Face's MarianMTModel, written small, with its parameter names and its arithmetic.

Post-norm Transformer, sinusoidal positions (sines in the first half, cosines in the second),
embeddings scaled by sqrt(D) and tied three ways, SiLU. All weights live in one flat buffer, so that
the optimiser and the averaging are a handful of operations.
Matrix products may run in bfloat16 (torch.autocast), which is twice as fast where the CPU has it.
Letters in shapes: B batch, S source, T target, D width, H heads, V vocabulary, N rows that count.
"""

import math

import torch
import torch.nn.functional as F

CONFIG = {"d_model": 192, "heads": 6, "encoder_layers": 3, "decoder_layers": 3, "ffn": 768, "vocab_size": 8000}
NEGATIVE = -1e4


def parameter_shapes(c: dict) -> dict[str, tuple]:
    """Name → shape, with the names of the Hugging Face checkpoint."""
    d, f = c["d_model"], c["ffn"]
    shapes = {"model.shared.weight": (c["vocab_size"], d), "final_logits_bias": (1, c["vocab_size"])}
    for side in ("encoder", "decoder"):
        for layer in range(c[f"{side}_layers"]):
            prefix = f"model.{side}.layers.{layer}."
            for block in ("self_attn", "encoder_attn") if side == "decoder" else ("self_attn",):
                for part in ("q_proj", "k_proj", "v_proj", "out_proj"):
                    shapes[f"{prefix}{block}.{part}.weight"] = (d, d)
                    shapes[f"{prefix}{block}.{part}.bias"] = (d,)
                shapes[f"{prefix}{block}_layer_norm.weight"] = (d,)
                shapes[f"{prefix}{block}_layer_norm.bias"] = (d,)
            shapes |= {f"{prefix}fc1.weight": (f, d), f"{prefix}fc1.bias": (f,),
                       f"{prefix}fc2.weight": (d, f), f"{prefix}fc2.bias": (d,),
                       f"{prefix}final_layer_norm.weight": (d,), f"{prefix}final_layer_norm.bias": (d,)}
    return shapes


def sinusoids(length: int, d: int) -> torch.Tensor:
    """[length, D], as MarianSinusoidalPositionalEmbedding: sin in columns 0..D/2, cos in the rest."""
    angles = torch.arange(length, dtype=torch.float64)[:, None] / 10000 ** (2 * torch.arange(d // 2) / d)
    return torch.cat([angles.sin(), angles.cos()], 1).float()


class Dropout:
    """Dropout whose masks are windows of one random buffer (torch's own draws on one core, slowly)."""

    def __init__(self, rate: float, size: int = 1 << 23):
        self.rate, self.size = rate, size
        self.generator = torch.Generator()
        if rate:
            self.refresh(0)

    def refresh(self, seed: int) -> None:
        self.generator.manual_seed(seed)
        keep = torch.rand(self.size, generator=self.generator) >= self.rate
        self.buffer = keep.float().div_(1 - self.rate)

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        if not self.rate:
            return x
        start = int(torch.randint(self.size - x.numel(), (1,), generator=self.generator))
        return x * self.buffer[start:start + x.numel()].view(x.shape)


class SmoothedLoss(torch.autograd.Function):
    """Sum over rows of cross-entropy with label smoothing, the gradient made on the way forward.

    states [N, D], weight [V, D], bias [V], targets [N]. The work goes by chunks of rows so that
    the [chunk, V] logits stay small.
    """

    @staticmethod
    def forward(ctx, states, weight, bias, targets, smoothing, scale):
        kind = states.dtype
        matrix = weight.to(kind)
        d_states, d_weight, d_bias = torch.empty_like(states), torch.zeros_like(weight), torch.zeros_like(bias)
        size, loss, plain = weight.shape[0], 0.0, 0.0
        for start in range(0, states.shape[0], 512):
            rows, wanted = states[start:start + 512], targets[start:start + 512, None]
            logits = (rows @ matrix.t()).float().add_(bias)
            picked, mean = logits.gather(1, wanted), logits.mean(1, keepdim=True)
            top = logits.amax(1, keepdim=True)
            logits.sub_(top).exp_()
            total = logits.sum(1, keepdim=True)
            log_total = total.log() + top
            plain += float((log_total - picked).sum())
            loss += float((log_total - (1 - smoothing) * picked - smoothing * mean).sum())
            logits.mul_(scale / total).sub_(scale * smoothing / size)
            logits.scatter_add_(1, wanted, torch.full_like(picked, scale * (smoothing - 1.0)))
            d_bias += logits.sum(0)
            logits = logits.to(kind)
            d_states[start:start + 512] = logits @ matrix
            d_weight += logits.t() @ rows
        ctx.save_for_backward(d_states, d_weight, d_bias)
        return weight.new_tensor([loss * scale, plain])

    @staticmethod
    def backward(ctx, grad):
        return (*ctx.saved_tensors, None, None, None)


class Marian:
    """`flat` and `gradient` hold every weight and its gradient; `w[name]` are windows of them."""

    def __init__(self, config: dict | None = None, seed: int = 1, dropout: float = 0.0, positions: int = 512):
        self.config = c = {**CONFIG, **(config or {})}
        shapes = parameter_shapes(c)
        self.flat = torch.zeros(sum(math.prod(s) for s in shapes.values()))
        self.gradient = torch.zeros_like(self.flat)
        self.p, offset = {}, 0
        for name, shape in shapes.items():
            self.p[name] = (offset, shape)
            offset += math.prod(shape)
        # The weights that autograd sees: leaves whose data and gradients are windows of the flat buffers.
        self.w = {name: view.requires_grad_() for name, view in self.views(self.flat).items()}
        for name, view in self.views(self.gradient).items():
            self.w[name].grad = view
        self.drop = Dropout(dropout)
        self.positions = sinusoids(positions, c["d_model"])
        self.initialise(seed)

    def views(self, flat: torch.Tensor) -> dict[str, torch.Tensor]:
        return {n: flat[o:o + math.prod(s)].view(s) for n, (o, s) in self.p.items()}

    def initialise(self, seed: int) -> None:
        generator = torch.Generator().manual_seed(seed)
        with torch.no_grad():
            for name, w in self.views(self.flat).items():
                if name == "model.shared.weight":
                    w.normal_(0, self.config["d_model"] ** -0.5, generator=generator)
                    w[-1] = 0  # <pad>, which also starts the decoder, is zero as in Marian
                elif name.endswith("norm.weight"):
                    w.fill_(1)
                elif w.dim() == 2 and name.endswith("weight"):
                    bound = math.sqrt(6 / (w.shape[0] + w.shape[1]))
                    w.uniform_(-bound, bound, generator=generator)

    def load(self, tensors: dict[str, torch.Tensor]) -> None:
        with torch.no_grad():
            for name, w in self.views(self.flat).items():
                w.copy_(tensors[name])

    def attention(self, w, prefix, x, kv, mask):
        """x [B, T, D], kv [B, S, D] or a (k, v) cache, mask added to scores → output [B, T, D], weights [B, H, T, S]."""
        b, t, d = x.shape
        h = self.config["heads"]
        split = lambda y: y.view(b, -1, h, d // h).transpose(1, 2)
        q = split(F.linear(x, w[prefix + "q_proj.weight"], w[prefix + "q_proj.bias"]) * (d // h) ** -0.5)
        if isinstance(kv, tuple):
            k, v = kv
        else:
            k, v = self.keys_values(w, prefix, kv)
        scores = q @ k.transpose(2, 3)
        if mask is not None:
            scores = scores + mask
        weights = scores.softmax(-1)
        out = (weights @ v).transpose(1, 2).reshape(b, t, d)
        return F.linear(out, w[prefix + "out_proj.weight"], w[prefix + "out_proj.bias"]), weights

    def keys_values(self, w, prefix, x):
        b, s, d = x.shape
        h = self.config["heads"]
        return tuple(F.linear(x, w[f"{prefix}{n}_proj.weight"], w[f"{prefix}{n}_proj.bias"])
                     .view(b, s, h, d // h).transpose(1, 2) for n in "kv")

    def norm(self, w, prefix, x, update):
        return F.layer_norm(x + self.drop(update), x.shape[-1:], w[prefix + ".weight"], w[prefix + ".bias"])

    def feed_forward(self, w, prefix, x):
        hidden = F.silu(F.linear(x, w[prefix + "fc1.weight"], w[prefix + "fc1.bias"]))
        update = F.linear(self.drop(hidden), w[prefix + "fc2.weight"], w[prefix + "fc2.bias"])
        return self.norm(w, prefix + "final_layer_norm", x, update)

    def embed(self, w, ids, start=0):
        d = self.config["d_model"]
        x = F.embedding(ids, w["model.shared.weight"]) * math.sqrt(d)
        return self.drop(x + self.positions[start:start + ids.shape[1]])

    def encode(self, w, source, mask, keep=None):
        """source ids [B, S], mask [B, 1, 1, S] or None → [B, S, D]."""
        x = self.embed(w, source)
        for layer in range(self.config["encoder_layers"]):
            prefix = f"model.encoder.layers.{layer}."
            update, weights = self.attention(w, prefix + "self_attn.", x, x, mask)
            if keep is not None:
                keep.append(weights)
            x = self.norm(w, prefix + "self_attn_layer_norm", x, update)
            x = self.feed_forward(w, prefix, x)
        return x

    def decode(self, w, target, memory, mask, keep=None, keep_self=None):
        """target ids [B, T], memory [B, S, D] → states [B, T, D]; cross-attention [B, H, T, S] goes to keep."""
        t = target.shape[1]
        causal = torch.full((t, t), NEGATIVE).triu(1)
        x = self.embed(w, target)
        for layer in range(self.config["decoder_layers"]):
            prefix = f"model.decoder.layers.{layer}."
            update, weights = self.attention(w, prefix + "self_attn.", x, x, causal)
            if keep_self is not None:
                keep_self.append(weights)
            x = self.norm(w, prefix + "self_attn_layer_norm", x, update)
            update, weights = self.attention(w, prefix + "encoder_attn.", x, memory, mask)
            if keep is not None:
                keep.append(weights)
            x = self.norm(w, prefix + "encoder_attn_layer_norm", x, update)
            x = self.feed_forward(w, prefix, x)
        return x


def source_mask(source: torch.Tensor, pad: int) -> torch.Tensor | None:
    padded = source == pad
    return padded[:, None, None, :].float() * NEGATIVE if padded.any() else None
