/** The Python script in a reader's archive: it loads the files next to it in PyTorch and finds the lab's losses again. */

import type {LabSettings} from "../controls.ts";
import type {ReferenceLosses} from "../snapshot.ts";

/** What the script needs to know of the model and the run. */
interface ScriptOptions extends Omit<ReferenceLosses, "texts"> {
  /** What the loss is, in a sentence or two. */
  measured: string;
  /** The loss as the lab shows it: "7.4 letters in doubt" in place of 2 nats. */
  isWords: boolean;
  /** The tokens in order, one character each. */
  alphabet: string;
  sizes: {V: number; T: number; C: number; H: number; L: number};
  /** The first place whose prediction counts. */
  from: number;
  method: LabSettings["method"];
  link: string;
}

/** Loads what was trained. */
const TRAINED: Readonly<Record<LabSettings["method"], string>> = {
  full: `    model.load_state_dict(load_file(here / "tuned.safetensors"))
    report("trained", model, EXPECTED["on"])`,
  lora: `    merge(model, load_file(here / "adapter_model.safetensors"), json.loads((here / "adapter_config.json").read_text()))
    report("with the adapter", model, EXPECTED["on"])`,
  bottleneck: `    model.attach(load_file(here / "bottleneck.safetensors"))
    report("with the bottlenecks", model, EXPECTED["on"])`,
  prefix: `    model.attach(load_file(here / "prefix.safetensors"))
    report("with the prefix", model, EXPECTED["on"])`,
};

const MERGE = `def merge(model, adapter, config):
    """W = W0 + (alpha / r) B A, in place."""
    scaling = config["lora_alpha"] / config["r"]
    for name in config["target_modules"]:
        A = adapter[f"base_model.model.{name}.lora_A.weight"]
        B = adapter[f"base_model.model.{name}.lora_B.weight"]
        model.get_submodule(name).weight.data += scaling * (B @ A)`;

const EXTRA = `
        self.extra = {}`;

const ATTEND = "        a = F.scaled_dot_product_attention(q, k, v, is_causal=True)";

const ATTEND_TO_PREFIX = `        if self.extra:
            first = (self.extra[f"prefix.{what}"].view(1, -1, H, C // H).transpose(1, 2) for what in ("keys", "values"))
            k, v = (torch.cat([own.expand(n, -1, -1, -1), of], 2) for own, of in zip(first, (k, v)))
        seen = torch.ones(t, k.shape[2], dtype=torch.bool).tril(k.shape[2] - t)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=seen)`;

const SUMS = `        x = x + self.Wo(a.transpose(1, 2).reshape(n, t, C))
        return x + self.W2(F.relu(self.W1(self.norm2(x))))`;

const SUMS_WITH_BOTTLENECKS = `        x = x + self.narrow("attention", self.Wo(a.transpose(1, 2).reshape(n, t, C)))
        return x + self.narrow("mlp", self.W2(F.relu(self.W1(self.norm2(x)))))

    def narrow(self, place, x):
        if not self.extra:
            return x
        return x + F.relu(x @ self.extra[f"{place}.down"].T) @ self.extra[f"{place}.up"].T`;

const ATTACH = `

    def attach(self, tensors):
        for i, layer in enumerate(self.layers):
            at = f"layers.{i}."
            layer.extra = {name[len(at):]: value for name, value in tensors.items() if name.startswith(at)}`;

const intro = ({link, method, alphabet, sizes, measured, isWords, from, on, off}: ScriptOptions): string => {
  const isLora = method === "lora";
  const {V, T, C, H, L} = sizes;
  return `"""What a run of the lab of "LoRA, live" came to, loaded into PyTorch.

The run: ${link}
It needs torch (2.4 or later) and safetensors: pip install torch safetensors
${!isLora ? "" : 'With peft: load base.safetensors into Decoder() first, as at the end of this file, and then\nPeftModel.from_pretrained(that_decoder, "this folder") has the same adapter on it.\n'}"""
${isLora ? "import json\n" : ""}${isWords ? "import math\n" : ""}from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

ALPHABET = "${alphabet}"
V, T, C, H, L = ${V}, ${T}, ${C}, ${H}, ${L}
here = Path(__file__).parent
TEXTS = (here / "texts.txt").read_text().split()
FROM = ${from}
EXPECTED = {"on": ${on.toFixed(4)}, "off": ${off.toFixed(4)}}
MEASURED = ${JSON.stringify(measured)}`;
};

const layerClass = (method: LabSettings["method"], hasExtra: boolean): string => `class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.RMSNorm(C, eps=1e-5), nn.RMSNorm(C, eps=1e-5)
        self.Wq, self.Wk, self.Wv, self.Wo = (nn.Linear(C, C, bias=False) for _ in range(4))
        self.W1, self.W2 = nn.Linear(C, 4 * C, bias=False), nn.Linear(4 * C, C, bias=False)${hasExtra ? EXTRA : ""}

    def forward(self, x):
        n, t, _ = x.shape
        h = self.norm1(x)
        q, k, v = (W(h).view(n, t, H, C // H).transpose(1, 2) for W in (self.Wq, self.Wk, self.Wv))
${method === "prefix" ? ATTEND_TO_PREFIX : ATTEND}
${method === "bottleneck" ? SUMS_WITH_BOTTLENECKS : SUMS}`;

const decoderClass = (hasExtra: boolean): string => `class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(V, C), nn.Embedding(T, C)
        self.layers = nn.ModuleList([Layer() for _ in range(L)])
        self.norm, self.head = nn.RMSNorm(C, eps=1e-5), nn.Linear(C, V, bias=False)

    def forward(self, tokens):
        x = self.wte(tokens) + self.wpe(torch.arange(tokens.shape[1]))
        for layer in self.layers:
            x = layer(x)
        return self.head(self.norm(x))${hasExtra ? ATTACH : ""}`;

const LOSS = `def loss(model):
    """Mean of -log p over the characters of TEXTS from place FROM on."""
    losses = []
    for text in TEXTS:
        tokens = torch.tensor([[ALPHABET.index(c) for c in text]])
        logits = model(tokens[:, :-1][:, :T])
        rest = tokens[0, 1 : logits.shape[1] + 1]
        losses.append(F.cross_entropy(logits[0], rest, reduction="none")[FROM:])
    return torch.cat(losses).mean().item()`;

export function pytorchScript(options: ScriptOptions): string {
  const {method, isWords} = options;
  const hasExtra = method === "bottleneck" || method === "prefix";
  const inDoubt = isWords ? ' f" (e to that is {math.exp(nats):.1f} letters in doubt)"' : "";
  return [
    intro(options),
    layerClass(method, hasExtra),
    decoderClass(hasExtra),
    LOSS,
    `def report(what, model, expected):
    nats = loss(model)
    print(f"{what}: {nats:.4f} expected {expected}"${inDoubt})`,
    ...(method === "lora" ? [MERGE] : []),
    `with torch.no_grad():
    print(MEASURED)
    model = Decoder()
    model.load_state_dict(load_file(here / "base.safetensors"))
    report("base alone", model, EXPECTED["off"])
${TRAINED[method]}
`,
  ].join("\n\n\n");
}
