/** The code that computes a formula, except the objectives: in PyTorch, with the libraries of Hugging Face, and with the engine of this site. */

import type {Rich} from "../../figure/plot/text/symbol.ts";
import type {Listing} from "./drawing/listings.ts";
import {controls, type FormulaParams, MATRIX_CHOICES} from "./model.ts";

/** Reads "~h~ = ~W0:weight~ @ ~x~": tildes enclose the name that a symbol has in the code, after the symbol if they differ. */
const line = (text: string): Rich =>
  text
    .split("~")
    .map((piece, n) => {
      if (n % 2 === 0) return piece;
      const [symbol = "", written = symbol] = piece.split(":");
      return {symbol, text: piece.includes(":") ? piece.slice(symbol.length + 1) : written};
    })
    .filter((piece) => piece !== "");

const names = {Wq: "q_proj", Wk: "k_proj", Wv: "v_proj", Wo: "o_proj"} as Readonly<Record<string, string>>;
const quoted = (list: readonly string[]): string => `[${list.map((name) => `"${name}"`).join(", ")}]`;

type Lines = Readonly<Record<"pytorch" | "peft" | "engine", readonly string[]>>;

const codes: Readonly<Partial<Record<FormulaParams["which"], (params: FormulaParams) => Lines>>> = {
  forward: () => ({
    pytorch: ["~h~ = ~x~ @ ~W0~.T + (~alpha~ / ~r~) * (~x~ @ ~A~.T @ ~B~.T)"],
    peft: [
      "layer = model.get_submodule(path)  # a layer that PEFT wrapped",
      's, A, B = (d["default"] for d in (layer.~alpha:scaling~, layer.~A:lora_A~, layer.~B:lora_B~))',
      "~h~ = layer.~W0:base_layer~(~x~) + ~alpha:s~ * ~B~(~A~(~x~))  # layer(x), without dropout",
    ],
    engine: ["const {~h~} = loraLinear(~x~, ~W0~, [{~A~, ~B~, ~alpha~, ~r~}]);"],
  }),
  count: ({model, matrices, r}) => ({
    pytorch: ["~count~ = sum(w.numel() for w in ~count:model.parameters()~ if w.requires_grad)"],
    peft: [
      `config = LoraConfig(~r:r=${r}~, target_modules=~Lhat:${quoted(MATRIX_CHOICES[matrices].map((name) => names[name]))}~)  # Llama's names`,
      "model = get_peft_model(base, config)",
      "~count:trainable~, total = model.get_nb_trainable_parameters()",
    ],
    engine: [
      `const shapes = matrixShapes(modelNamed(~dmodel:"${controls.model.options[model]}"~), ~Lhat:${quoted(MATRIX_CHOICES[matrices])}~);`,
      `const ~count~ = countLora(shapes, ~r:${r}~);`,
    ],
  }),
  similarity: () => ({
    pytorch: [
      "~U8~ = torch.linalg.svd(~A8~, full_matrices=False).Vh[:~i~].T",
      "~U64~ = torch.linalg.svd(~A64~, full_matrices=False).Vh[:~j~].T",
      "~phi~ = ~norm:torch.linalg.matrix_norm~(~U8:U8.T~ @ ~U64~) ** 2 / min(~i~, ~j~)",
    ],
    peft: [
      "# PEFT holds the two A; it has no function for φ",
      '~A8~ = model8.get_submodule(path).lora_A["default"].weight',
      '~A64~ = model64.get_submodule(path).lora_A["default"].weight',
    ],
    engine: ["const ~phi~ = subspaceSimilarity(~A8~, ~A64~, ~i~, ~j~);"],
  }),
};

const titles = {pytorch: "PyTorch", peft: "PEFT", engine: "This engine"} as const;

/** The three listings of the formula; none of an objective. */
export function listingsOf(params: FormulaParams): Listing[] {
  const lines = codes[params.which]?.(params);
  if (!lines) return [];
  return Object.entries(titles).map(([name, title]) => ({
    name,
    title,
    lines: lines[name as keyof Lines].map(line),
  }));
}
