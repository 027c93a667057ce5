"""Attention in code: rest the pointer on a call."""

import torch
import torch.nn.functional as F
from torch import nn

d_model = 512
n_heads = 8
batch, length = 2, 128

# 4·E² + 4·E parameters
self_attention = nn.MultiheadAttention(d_model, n_heads, batch_first=True)

# Keys and values of another width: cross-attention over an encoder of 768 numbers
cross_attention = nn.MultiheadAttention(
    embed_dim=d_model,
    num_heads=n_heads,
    kdim=768,
    vdim=768,
    batch_first=True,
)

q = torch.randn(batch, n_heads, length, 64, dtype=torch.float16)
k = torch.randn(batch, 2, length, 64, dtype=torch.float16)
v = torch.randn(batch, 2, length, 64, dtype=torch.float16)
context = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)


def by_hand(q, k, v, d_k=64):
    return torch.softmax(q @ k.transpose(-2, -1) / d_k**0.5, dim=-1) @ v


# Keras: the head's width is given, the model's is not
# layer = keras.layers.MultiHeadAttention(num_heads=8, key_dim=64, value_dim=96)
