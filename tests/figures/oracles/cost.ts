/** What the `cost` widget must say, from closed formulas of each family of models instead of lists of shapes. */
import type {CostParams} from "../../../src/figures/cost/model.ts";
import type {Claims} from "./oracle.ts";

interface Sizes {
  L: number;
  d: number;
  /** Width of the keys and values, and of the MLP. */
  kv: number;
  m: number;
  heads: number;
  gated: boolean;
  /** Numbers outside the layers, and how many of them are biases. */
  outside: number;
  outsideBiases: number;
  /** Numbers in the model's name. */
  name: readonly number[];
}

const gpt = (L: number, d: number, heads: number, positions: number, name: readonly number[]): Sizes => ({
  ...{L, d, kv: d, m: 4 * d, heads, gated: false, name},
  outside: (50_257 + positions + 2) * d,
  outsideBiases: d,
});
const roberta = (L: number, d: number): Sizes => ({
  ...{L, d, kv: d, m: 4 * d, heads: d / 64, gated: false, name: []},
  outside: (50_265 + 514 + 1 + 2) * d + d * d + d,
  outsideBiases: 2 * d,
});
const llama = (L: number, d: number, kv: number, m: number, heads: number, name: readonly number[]): Sizes => ({
  ...{L, d, kv, m, heads, gated: true, name},
  outside: 2 * 32_000 * d + d,
  outsideBiases: 0,
});

function sizesOf({model, d, layers}: CostParams): Sizes {
  switch (model) {
    case "roberta-base":
      return roberta(12, 768);
    case "roberta-large":
      return roberta(24, 1024);
    case "gpt2-medium":
      return gpt(24, 1024, 16, 1024, [2]);
    case "gpt2-large":
      return gpt(36, 1280, 20, 1024, [2]);
    case "deberta-xxl":
      return {
        ...{L: 48, d: 1536, kv: 1536, m: 4 * 1536, heads: 24, gated: false, name: []},
        outside: (128_100 + 512 + 2 + 2 + 1 + 2) * 1536 + 3 * 1536 ** 2,
        outsideBiases: 4 * 1536,
      };
    case "llama2-7b":
      return llama(32, 4096, 4096, 11_008, 32, [2, 7]);
    case "llama2-70b":
      return llama(80, 8192, 1024, 28_672, 64, [2, 70]);
    case "gpt3":
      return gpt(96, 12_288, 96, 2048, [3, 175]);
    case "custom":
      return gpt(layers, d, d / 64, 1024, [d, layers]);
  }
}

/** Biases of a layer: four of attention, two of the MLP, two shifts of norms; none in Llama. */
const biasesOf = ({L, d, gated, outsideBiases}: Sizes): number => (gated ? 0 : L * 11 * d) + outsideBiases;

/** Sums of d + k over what LoRA adapts in one layer. */
function sides({matrices}: CostParams, {d, kv, m, gated}: Sizes): number {
  const attention = {q: 2 * d, v: kv + d, qv: 3 * d + kv, qkvo: 6 * d + 2 * kv, all: 6 * d + 2 * kv}[matrices];
  return attention + (matrices === "all" ? (gated ? 3 : 2) * (d + m) : 0);
}

/** Numbers a method trains; undefined where there is nothing beside full fine-tuning. */
function trainedBy(params: CostParams, sizes: Sizes): number | undefined {
  const {method, r, places} = params;
  const {L, d} = sizes;
  if (method === "lora") return L * r * sides(params, sizes);
  if (method === "adapters")
    return places === "two" ? 2 * L * ((2 * r + 1) * d + r) : L * ((2 * r + 1) * d + r + 2 * d);
  return method === "bitfit" && !sizes.gated ? biasesOf(sizes) : undefined;
}

const UNITS = [1e15, 1e12, 1e9, 1e6, 1e3];
/** A size in the unit it is shown in. */
const shown = (x: number): number => x / (UNITS.find((unit) => x >= 0.9995 * unit) ?? 1);
/** A count in T, B, M or k. */
const people = (x: number): number => x / (UNITS.slice(1).find((unit) => x >= 0.9995 * unit) ?? 1);

/** Bytes a token in a layer keeps for the gradients: all of them, less the inputs of what is frozen, and what the method adds. */
function keptBy({method, matrices, places, r, scores, tokens}: CostParams, {d, kv, m, heads, gated}: Sizes) {
  const attention = scores === "stored" ? 5 * heads * tokens : 4 * heads;
  const full = 2 * (6 * d + 2 * kv + (gated ? 4 : 2) * m) + 2 * d + attention;
  // Without stored scores attention's output stays.
  const output = scores === "stored" ? d : 0;
  if (method === "lora") {
    const count = {q: 1, v: 1, qv: 2, qkvo: 4, all: gated ? 7 : 6}[matrices];
    const idle = {q: output + d + m, v: output + d + m, qv: output + d + m, qkvo: d + m, all: 0}[matrices];
    return {full, chosen: full - 2 * idle + 2 * r * count};
  }
  const frozen = full - 2 * (d + output + d + m);
  if (method === "bitfit") return {full, chosen: frozen};
  return {full, chosen: frozen + 2 * (places === "two" ? 2 * (d + 2 * r) : 2 * d + 2 * r)};
}

interface Side {
  trained: number;
  parts: readonly number[];
  activations: number;
  checkpoint: number;
  storage: number;
}

export function cost(params: CostParams): Claims {
  const sizes = sizesOf(params);
  const {L, d, kv, m, gated} = sizes;
  const {optimizer, precision, tasks, batch, tokens, method, r} = params;
  const quantizable = L * (2 * d * d + 2 * d * kv + (gated ? 3 : 2) * d * m);
  const all = quantizable + (gated ? 0 : L * 11 * d) + L * 2 * d + sizes.outside;
  const each = precision === "fp32" ? 4 : 2;
  const moment = precision === "mixed" ? 4 : each;
  const layerBytes = {int8: 1, nf4: (4 + 8 / 64 + 32 / (64 * 256)) / 8}[precision as string] ?? each;
  const moments = optimizer === "adam" ? 2 : 0;
  const kept = keptBy(params, sizes);
  const side = (trained: number, base: number, added: number, shared: boolean): Side => ({
    trained,
    activations: L * batch * tokens * (shared ? kept.chosen : kept.full),
    parts: [base, added, trained * each, trained * moments * moment],
    checkpoint: trained * each,
    storage: shared ? base + tasks * trained * each : tasks * trained * each,
  });
  const full = side(all, all * each, 0, false);
  const frozen = quantizable * layerBytes + (all - quantizable) * each;
  const trained = trainedBy(params, sizes);
  const chosen =
    trained === undefined ? undefined : side(trained, frozen, method === "bitfit" ? 0 : trained * each, true);
  const sum = ({parts}: Side) => parts.reduce((total, part) => total + part, 0);
  const withAll = (side: Side) => sum(side) + side.activations;
  const ratio = (a: number, b: number) => (b < a ? a / b : b / a);
  const digits = (x: number) => Number(x.toPrecision(3));
  /** Where three digits hide two sizes apart, the difference stands in place of the other. */
  const isClose = (a: number, b: number) => digits(a) === digits(b) || digits(ratio(a, b)) === 1;
  const instead = (a: number, b: number) => [shown(isClose(a, b) ? Math.abs(a - b) : a)];
  const against = (a: number, b: number) => (isClose(a, b) ? instead(a, b) : [shown(a), ratio(a, b)]);
  const isRounded = precision === "int8" || precision === "nf4";
  const now = chosen ?? full;
  const rest = [shown(now.activations), batch, tokens];
  const trainer = method === "lora" || method === "adapters" ? [r] : [];
  const beside = chosen ? [full, chosen] : [full];
  const card = () => {
    // A model of its own is "this GPT" here.
    const name = params.model === "custom" ? [] : sizes.name;
    if (params.show === "disk")
      return [
        ...[tasks, shown(full.storage), ...name],
        ...(chosen ? [shown(chosen.storage), shown(chosen.checkpoint)] : []),
      ];
    if (!chosen) return [...name, shown(withAll(full))];
    const share = chosen.activations / withAll(chosen);
    const isNews = share >= 0.5 ? [100 * share] : [];
    return [...name, shown(withAll(full)), shown(withAll(chosen)), ...trainer, ...isNews];
  };
  const row = (of: (side: Side) => number, as = shown) => beside.flatMap((one) => [as(of(one)), of(one)]);
  return {
    summary: chosen
      ? [
          ...card(),
          ...trainer,
          ...[chosen.trained, all, ...sizes.name, shown(sum(chosen)), ...instead(sum(full), sum(chosen))],
          ...[tasks, shown(chosen.storage), ...instead(full.storage, chosen.storage)],
          ...(isRounded ? [16] : []),
          ...[...rest, ...instead(full.activations, chosen.activations)],
        ]
      : [...card(), ...[all, ...sizes.name, shown(sum(full)), tasks, shown(full.storage), ...rest]],
    readouts: [
      [now.trained, (100 * now.trained) / all, people(all)],
      [shown(sum(now)), ...(chosen ? against(sum(full), sum(chosen)) : [])],
      [shown(withAll(now)), ...(chosen ? against(withAll(full), withAll(chosen)) : [])],
      [shown(now.checkpoint), now.checkpoint],
      [shown(now.storage), ...(chosen ? against(full.storage, chosen.storage) : [])],
    ],
    caption: [...sizes.name, tasks],
    rows: [
      row(({trained}) => trained, people),
      ...[0, 1, 2, 3].map((i) => row(({parts}) => parts[i]!)),
      row(sum),
      row(({activations}) => activations),
      row(withAll),
      row(({checkpoint}) => checkpoint),
      row(({storage}) => storage),
    ],
  };
}
