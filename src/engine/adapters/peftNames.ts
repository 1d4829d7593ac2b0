/** The tensor names in PEFT adapter files: which module each belongs to, and which part of its adapter it is. */

import {grouped, shown} from "../wording.ts";
import {countOf} from "./dtype.ts";
import {inOrder} from "./moduleNames.ts";

/** The names of one module's tensors. */
export interface ModuleTensors {
  A: string;
  B: string;
  /** DoRA's row norms. */
  magnitude?: string;
  /** B's own bias. */
  bias?: string;
  /** The module's own alpha, a single number. PEFT keeps alphas in the config; other programs put them here. */
  alpha?: string;
  /** The module is an embedding: its tensors' names do not end in .weight, and its ΔW must be transposed. */
  embedding: boolean;
}

/** What PEFT puts before every module's name. */
export const PREFIX = "base_model.model.";

/** A module's sizes, as far as the shapes of its tensors follow from them. */
interface ModuleSizes {
  kind?: "linear" | "convolution" | "embedding";
  /** ΔW is d × k. */
  d: number;
  k: number;
  kernel?: readonly number[];
  groups?: number;
}

/**
 * The parts of a module as PEFT's files have them: what follows the module in each name, and the shape. A has `rows` rows:
 * the rank, times the number of stacked experts.
 */
export function partShapes({kind, d, k, kernel = [], groups = 1}: ModuleSizes, rows: number) {
  const ones = kernel.map(() => 1);
  const [endA, endB] =
    kind === "embedding" ? ["lora_embedding_A", "lora_embedding_B"] : ["lora_A.weight", "lora_B.weight"];
  return {
    A: {end: endA, shape: [rows, k / countOf(kernel), ...kernel]},
    B: {end: endB, shape: [d, rows / groups, ...ones]},
    magnitude: {end: "lora_magnitude_vector", shape: kernel.length > 0 ? [1, d, ...ones] : [d]},
    bias: {end: "lora_B.bias", shape: [d]},
    alpha: {end: "alpha", shape: []},
  };
}

const NAME =
  /^(?<module>.+)\.(?:lora_(?<factor>[AB])(?:\.[\w-]+)??\.(?<end>weight|bias)|lora_embedding_(?<embedded>[AB])(?:\.[\w-]+)?|lora_magnitude_vector(?:\.[\w-]+)??(?:\.weight)?)$/;

const withoutPrefix = (name: string) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name);

/** The module of a tensor and the part of its adapter; undefined for any other tensor. */
function partOf(
  name: string,
): {module: string; part: "A" | "B" | "magnitude" | "bias"; embedding: boolean} | undefined {
  const groups = NAME.exec(withoutPrefix(name))?.groups;
  if (!groups) return undefined;
  const {module, factor, end, embedded} = groups;
  if (embedded) return {module, part: embedded as "A" | "B", embedding: true};
  if (!factor) return {module, part: "magnitude", embedding: false};
  if (end === "weight") return {module, part: factor as "A" | "B", embedding: false};
  return factor === "B" ? {module, part: "bias", embedding: false} : undefined;
}

/** The tensors of an adapter's file by what they are. */
export interface Grouped {
  /** By name, without `base_model.model.`; layer 2 comes before layer 10. */
  modules: Map<string, ModuleTensors>;
  /** The names of all other tensors. */
  others: string[];
  /** What comes before the modules' names in the file: `base_model.model.` or nothing. */
  prefix: string;
}

/**
 * Tensor names → the adapted modules and the names of all other tensors. The name of an adapter is ignored:
 * `lora_A.default.weight` is read as `lora_A.weight`. An alpha belongs to a module only beside A and B.
 * Throws when two tensors are the same part of a module, when A or B is missing, or when no module has either.
 */
export function groupByModule(names: Iterable<string>): Grouped {
  const partsByModule = new Map<string, Incomplete>();
  const others: string[] = [];
  let prefix = "";
  for (const name of names) {
    const place = partOf(name);
    if (!place) {
      others.push(name);
      continue;
    }
    if (name.startsWith(PREFIX)) prefix = PREFIX;
    const module = partsByModule.get(place.module) ?? {embedding: false};
    const rival = module[place.part];
    if (rival !== undefined)
      throw new Error(
        `peft: ${shown(rival)} and ${shown(name)} both claim ${place.part} of ${shown(place.module)}; ` +
          "a file must hold one adapter",
      );
    module[place.part] = name;
    module.embedding ||= place.embedding;
    partsByModule.set(place.module, module);
  }
  if (partsByModule.size === 0) throw new Error(`peft: ${otherFormat(others)}`);
  const rest = others.filter((name) => {
    const module = partsByModule.get(withoutPrefix(name).replace(/\.alpha$/, ""));
    const isAlpha = name.endsWith(".alpha") && module !== undefined && module.alpha === undefined;
    if (isAlpha) module.alpha = name;
    return !isAlpha;
  });
  const modules = inOrder([...partsByModule], ([module]) => module);
  return {
    modules: new Map(modules.map(([module, tensors]) => [module, needPair(module, tensors)])),
    others: rest,
    prefix,
  };
}

type Incomplete = Partial<ModuleTensors> & {embedding: boolean};

function needPair(module: string, tensors: Incomplete): ModuleTensors {
  const {A, B} = tensors;
  if (A !== undefined && B !== undefined) return {...tensors, A, B};
  const has = A ?? B ?? tensors.magnitude ?? tensors.bias ?? "";
  throw new Error(
    `peft: ${shown(module)} has ${shown(has)} but not both lora_A and lora_B; each module needs the pair`,
  );
}

const OTHER_FORMATS: readonly [RegExp, string][] = [
  [/\.(hada_w1_a|lokr_w1(_a)?)$/, "this is a LyCORIS file (LoHa or LoKr); its factors are not a pair A and B"],
  [/^lora_(unet|te\d?|transformer)_|\.lora_down\.weight$/, "this is a Kohya file (lora_down, lora_up)"],
  [/[._]lora\.down\.weight$|lora_linear_layer/, "this is an older diffusers file (lora.down, lora.up)"],
  [/\.lora_[ab]$/, "this is an MLX adapter (lora_a, lora_b, stored the other way round)"],
  [/\.lora_E(\.|$)/, "this is an AdaLoRA adapter"],
  [/\.ia3_l(\.|$)/, "this is an IA³ adapter"],
  [/vera_lambda/, "this is a VeRA adapter"],
];

/** The names in a file without lora_A and lora_B → what the file probably is. */
function otherFormat(names: readonly string[]): string {
  const format = OTHER_FORMATS.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1];
  if (format) return `${format}; only PEFT's names lora_A and lora_B are read here`;
  if (names.length === 0) return "the file has no tensors; an adapter has lora_A and lora_B for each module";
  return (
    `none of the ${grouped(names.length)} tensors is a lora_A or lora_B (the first is ${shown(names[0])}); ` +
    "this may be a whole model, not an adapter"
  );
}
