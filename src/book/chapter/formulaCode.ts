import type {FormulaName} from "./formulaSymbols.ts";

/** One formula as code in each of the three. */
type Listings = Readonly<Record<"PyTorch" | "PEFT" | "This site’s engine", string>>;

/** Formulas as code: in PyTorch, with the library PEFT, and with the engine of this site. An objective has none: it is a whole training loop. */
export const formulaCode: Readonly<Partial<Record<FormulaName, Listings>>> = {
  forward: {
    PyTorch: "h = x @ W0.T + (alpha / r) * (x @ A.T @ B.T)",
    PEFT: `layer = model.get_submodule(path)  # a layer that PEFT wrapped
s, A, B = (d["default"] for d in (layer.scaling, layer.lora_A, layer.lora_B))
h = layer.base_layer(x) + s * B(A(x))  # layer(x), without dropout`,
    "This site’s engine": "const {h} = loraLinear(x, W0, [{A, B, alpha, r}]);",
  },
  count: {
    PyTorch: "count = sum(w.numel() for w in model.parameters() if w.requires_grad)",
    PEFT: `config = LoraConfig(r=4, target_modules=["q_proj", "v_proj"])  # Llama's names
model = get_peft_model(base, config)
trainable, total = model.get_nb_trainable_parameters()`,
    "This site’s engine": `const shapes = matrixShapes(modelNamed("GPT-3 175B"), ["Wq", "Wv"]);
const count = countLora(shapes, 4);`,
  },
  similarity: {
    PyTorch: `U8 = torch.linalg.svd(A8, full_matrices=False).Vh[:i].T
U64 = torch.linalg.svd(A64, full_matrices=False).Vh[:j].T
phi = torch.linalg.matrix_norm(U8.T @ U64) ** 2 / min(i, j)`,
    PEFT: `# PEFT holds the two A; it has no function for φ
A8 = model8.get_submodule(path).lora_A["default"].weight
A64 = model64.get_submodule(path).lora_A["default"].weight`,
    "This site’s engine": "const phi = subspaceSimilarity(A8, A64, i, j);",
  },
};
