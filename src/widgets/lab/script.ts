/** What the script has to know of the model and the run. */
export interface Scripted {
  /** Tokens, one character each, in their order. */
  alphabet: string;
  sizes: {V: number; T: number; C: number; H: number; L: number};
  /** Texts that are scored: whole sequences, the characters that count, from which place on. */
  texts: readonly string[];
  /** The first place whose prediction counts. */
  from: number;
  /** Their mean loss with what was trained and without it, as the lab computed it. */
  on: number;
  off: number;
  isFull: boolean;
  link: string;
}

/** A program that loads what lies beside it into PyTorch and finds the lab's numbers again. */
export function scriptOf({alphabet, sizes, texts, from, on, off, isFull, link}: Scripted): string {
  const {V, T, C, H, L} = sizes;
  const trained = isFull
    ? `    tuned = load_file(here / "tuned.safetensors")
    model.load_state_dict(tuned)
    print("trained:", round(loss(model), 4), "expected", EXPECTED["on"])`
    : `    merge(model, load_file(here / "adapter_model.safetensors"), json.loads((here / "adapter_config.json").read_text()))
    print("with the adapter:", round(loss(model), 4), "expected", EXPECTED["on"])`;
  const merge = isFull
    ? ""
    : `
def merge(model, adapter, config):
    """W = W0 + (alpha / r) B A, in place."""
    scaling = config["lora_alpha"] / config["r"]
    for name in config["target_modules"]:
        A = adapter[f"base_model.model.{name}.lora_A.weight"]
        B = adapter[f"base_model.model.{name}.lora_B.weight"]
        model.get_submodule(name).weight.data += scaling * (B @ A)

`;
  return `"""What a run of the lab of "LoRA, live" came to, loaded into PyTorch.

The run: ${link}
It needs torch (2.4 or later) and safetensors: pip install torch safetensors
${isFull ? "" : 'With peft, the same adapter loads by PeftModel.from_pretrained(Decoder(), "this folder").\n'}"""
${isFull ? "" : "import json\n"}from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

ALPHABET = "${alphabet}"
V, T, C, H, L = ${V}, ${T}, ${C}, ${H}, ${L}
TEXTS = ${JSON.stringify(texts)}
FROM = ${from}
EXPECTED = {"on": ${on.toFixed(4)}, "off": ${off.toFixed(4)}}


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.RMSNorm(C, eps=1e-5), nn.RMSNorm(C, eps=1e-5)
        self.Wq, self.Wk, self.Wv, self.Wo = (nn.Linear(C, C, bias=False) for _ in range(4))
        self.W1, self.W2 = nn.Linear(C, 4 * C, bias=False), nn.Linear(4 * C, C, bias=False)

    def forward(self, x):
        n, t, _ = x.shape
        h = self.norm1(x)
        q, k, v = (W(h).view(n, t, H, C // H).transpose(1, 2) for W in (self.Wq, self.Wk, self.Wv))
        a = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.Wo(a.transpose(1, 2).reshape(n, t, C))
        return x + self.W2(F.relu(self.W1(self.norm2(x))))


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


def loss(model):
    """Mean of -log p over the characters of TEXTS from place FROM on."""
    losses = []
    for text in TEXTS:
        tokens = torch.tensor([[ALPHABET.index(c) for c in text]])
        logits = model(tokens[:, :-1][:, :T])
        rest = tokens[0, 1 : logits.shape[1] + 1]
        losses.append(F.cross_entropy(logits[0], rest, reduction="none")[FROM:])
    return torch.cat(losses).mean().item()

${merge}
with torch.no_grad():
    here = Path(__file__).parent
    model = Decoder()
    model.load_state_dict(load_file(here / "base.safetensors"))
    print("base alone:", round(loss(model), 4), "expected", EXPECTED["off"])
${trained}
`;
}
