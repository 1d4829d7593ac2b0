"""Loads a run of the lab of "LoRA, live" into PyTorch and prints its losses. run.json says which run it was.

It needs torch (2.4 or later) and safetensors: pip install torch safetensors
To have a LoRA on the model with peft, load base.safetensors into Decoder() first, as at the end of this file, and then:
PeftModel.from_pretrained(that_decoder, "this folder")
"""
import json
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

here = Path(__file__).parent
RUN = json.loads((here / "run.json").read_text())
# The tokens in order, one character each; and the model's sizes.
ALPHABET = RUN["alphabet"]
V, T, C, H, L = (RUN["sizes"][size] for size in "VTCHL")
# The first place whose prediction counts.
FROM = RUN["from"]
TEXTS = (here / "texts.txt").read_text().split()


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.RMSNorm(C, eps=1e-5), nn.RMSNorm(C, eps=1e-5)
        self.Wq, self.Wk, self.Wv, self.Wo = (nn.Linear(C, C, bias=False) for _ in range(4))
        self.W1, self.W2 = nn.Linear(C, 4 * C, bias=False), nn.Linear(4 * C, C, bias=False)
        # The tensors of adapter layers or of a prefix, by name.
        self.extra = {}

    def forward(self, x):
        x = x + self.narrow("attention", self.attend(self.norm1(x)))
        return x + self.narrow("mlp", self.W2(F.relu(self.W1(self.norm2(x)))))

    def attend(self, h):
        n, t, _ = h.shape
        q, k, v = (W(h).view(n, t, H, C // H).transpose(1, 2) for W in (self.Wq, self.Wk, self.Wv))
        if "prefix.keys" in self.extra:
            first = (self.extra[f"prefix.{what}"].view(1, -1, H, C // H).transpose(1, 2) for what in ("keys", "values"))
            k, v = (torch.cat([own.expand(n, -1, -1, -1), of], 2) for own, of in zip(first, (k, v)))
        visible = torch.ones(t, k.shape[2], dtype=torch.bool).tril(k.shape[2] - t)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=visible)
        return self.Wo(a.transpose(1, 2).reshape(n, t, C))

    def narrow(self, place, x):
        """An adapter layer, where there is one."""
        if f"{place}.down" not in self.extra:
            return x
        return x + F.relu(x @ self.extra[f"{place}.down"].T) @ self.extra[f"{place}.up"].T


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(V, C), nn.Embedding(T, C)
        self.layers = nn.ModuleList([Layer() for _ in range(L)])
        self.norm, self.head = nn.RMSNorm(C, eps=1e-5), nn.Linear(C, V, bias=False)

    def forward(self, tokens):
        x = self.wte(tokens) + self.wpe(torch.arange(tokens.shape[1]))
        for layer in self.layers:
            x = layer(x)
        return self.head(self.norm(x))

    def attach(self, tensors):
        for i, layer in enumerate(self.layers):
            at = f"layers.{i}."
            layer.extra = {name[len(at):]: value for name, value in tensors.items() if name.startswith(at)}


def merge(model, adapter, config):
    """W = W0 + (alpha / r) B A, in place."""
    scaling = config["lora_alpha"] / config["r"]
    for name in config["target_modules"]:
        A = adapter[f"base_model.model.{name}.lora_A.weight"]
        B = adapter[f"base_model.model.{name}.lora_B.weight"]
        model.get_submodule(name).weight.data += scaling * (B @ A)


def loss(model):
    """Mean of -log p over the characters of TEXTS from place FROM on."""
    losses = []
    for text in TEXTS:
        tokens = torch.tensor([[ALPHABET.index(c) for c in text]])
        logits = model(tokens[:, :-1][:, :T])
        rest = tokens[0, 1 : logits.shape[1] + 1]
        losses.append(F.cross_entropy(logits[0], rest, reduction="none")[FROM:])
    return torch.cat(losses).mean().item()


def report(what, model, expected):
    nats = loss(model)
    in_doubt = f" (e to that is {math.exp(nats):.1f} letters in doubt)" if RUN["isWords"] else ""
    print(f"{what}: {nats:.4f} expected {expected:.4f}{in_doubt}")


with torch.no_grad():
    print(RUN["measured"])
    model = Decoder()
    model.load_state_dict(load_file(here / "base.safetensors"))
    report("base alone", model, RUN["expected"]["off"])
    if RUN["method"] == "lora":
        config = json.loads((here / "adapter_config.json").read_text())
        merge(model, load_file(here / "adapter_model.safetensors"), config)
    elif RUN["method"] == "full":
        model.load_state_dict(load_file(here / "tuned.safetensors"))
    else:
        model.attach(load_file(here / f"{RUN['method']}.safetensors"))
    report("with what was trained", model, RUN["expected"]["on"])
