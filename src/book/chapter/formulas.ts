/** The formulas of chapters 4 and 8 whose symbols have a table. */
export type FormulaName = "objective" | "lora-objective" | "forward" | "count" | "similarity";

/** A symbol of a formula, as its row in the table. */
interface SymbolEntry {
  /** The symbol in TeX. Symbols with a color are written by their own command instead. */
  tex: string;
  /** What it is, in a few words. */
  name: string;
  /** What it does, how it starts, or how it is misread. */
  note: string;
  shape: string;
}

const entry = (tex: string, name: string, shape: string, note: string): SymbolEntry => ({tex, name, shape, note});

/** Shapes in words. */
const [NUMBER, WHOLE, SHARE, TOKENS] = ["a number", "a whole number", "from zero to one", "a list of tokens"];

/** The symbols that both objectives have: a pair of a context and its target. */
const pairs: Readonly<Record<string, SymbolEntry>> = {
  Z: entry("Z", "the task's examples", "N pairs", "Each a context with its target."),
  context: entry("x", "context", TOKENS, "Given, never predicted."),
  target: entry("y", "target", TOKENS, "What the model should produce."),
  t: entry("t", "place in the target", WHOLE, "From one to |y|."),
  yt: entry("y_t", "the token at place t", "one token", "The one to predict."),
  yless: entry("y_{<t}", "the target before place t", TOKENS, "Given too: true tokens, not guesses."),
};
const rank = (note: string): SymbolEntry => entry("r", "rank", WHOLE, note);

/** The symbols of each formula, by the names that equations give them in `\sym{name}{…}`. */
export const formulaSymbols: Readonly<Record<FormulaName, Readonly<Record<string, SymbolEntry>>>> = {
  objective: {
    Phi: entry(
      "\\Phi",
      "all weights",
      "as Φ₀",
      "Starts at the pre-trained Φ₀. Each task stores a whole Φ: the problem.",
    ),
    P: entry("P", "probability under Φ", SHARE, "A softmax over the vocabulary."),
    ...pairs,
  },
  "lora-objective": {
    Theta: entry(
      "\\Theta",
      "all that trains",
      "|Θ| parameters",
      "{A₁, B₁, A₂, B₂, …}, one A and one B a matrix. Each A starts random, each B at zero.",
    ),
    p: entry("p", "probability under Φ₀ + ΔΦ", SHARE, "The paper’s other P, written small here."),
    Phi0: entry("\\Phi_0", "pre-trained weights", "|Φ₀| weights", "Frozen, and shared by all tasks."),
    dPhi: entry(
      "\\Delta\\Phi",
      "the update that Θ encodes",
      "as Φ₀",
      "(α/r)BA where a matrix is adapted, else zero. Starts at zero.",
    ),
    ...pairs,
  },
  forward: {
    B: entry("B", "up-projection", "d × r", "Trained. Starts at zero, and so does ΔW."),
    h: entry("h", "output", "d", "A frozen path plus a trained one."),
    W0: entry("W_0", "frozen weights", "d × k", "Pre-trained. No gradient."),
    x: entry("x", "input", "k", "The same for both paths."),
    dW: entry("\\Delta W", "update", "d × k", "(α/r)BA, of rank r at most. Starts at zero."),
    alpha: entry("\\alpha", "constant of the scale", NUMBER, "Constant while r changes."),
    r: rank("Doubling it while α stays halves α/r."),
    A: entry("A", "down-projection", "r × k", "Trained. Starts random Gaussian. Meets x first: BA, never AB."),
  },
  count: {
    Lhat: entry(
      "\\hat{L}_{LoRA}",
      "adapted matrices",
      WHOLE,
      "With two matrices in each layer, counting layers would give half.",
    ),
    count: entry("∣\\Theta∣", "trained parameters", WHOLE, "All A and all B."),
    two: entry("2", "one A and one B", NUMBER, "Equally large, as the formula takes matrices as square."),
    dmodel: entry("d_{model}", "width of the model", WHOLE, "Rows and columns of each adapted matrix."),
    r: rank("Twice r, twice the count."),
  },
  similarity: {
    U8: entry(
      "U_{A_{r=8}}^{i\\top}",
      "right-singular vectors",
      "i × k",
      "The first i, transposed. Right, not left: these live in the space of inputs, which both A share.",
    ),
    phi: entry(
      "\\phi",
      "subspace similarity",
      SHARE,
      "One if the smaller space lies in the larger, zero if they are at right angles.",
    ),
    A8: entry("A_{r=8}", "A of the lower rank", "r × k", "Trained from Φ₀, like the other."),
    A64: entry("A_{r=64}", "A of the higher rank", "r × k", "Trained from Φ₀, like the other."),
    i: entry("i", "directions of the first", WHOLE, "The strongest, by singular value."),
    j: entry("j", "directions of the second", WHOLE, "The strongest, by singular value."),
    norm: entry(
      "\\lVert\\cdot\\rVert_F^2",
      "squared Frobenius norm",
      NUMBER,
      "Squared cosines, summed: min(i, j) at most, so φ never exceeds one.",
    ),
    U64: entry("U_{A_{r=64}}^{j}", "right-singular vectors", "k × j", "Orthonormal, like the first."),
  },
};

/** One formula as code: in PyTorch, with the library PEFT, and with the engine of this site. */
type Listings = Readonly<Record<"PyTorch" | "PEFT" | "This site’s engine", string>>;

/** The code of each formula but the objectives, which would take a whole training loop. */
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
