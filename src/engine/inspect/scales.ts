/** The factor in front of B·A: every place of a file that can say it, in the order in which loaders look. */
import {isNumeral, type JsonObject, parseJson} from "../files/json.ts";
import {grouped} from "../files/wording.ts";
import type {Config} from "./config.ts";
import {FAMILIES} from "./families/families.ts";
import type {StoredPair} from "./pairs.ts";

/** Where a module's scale was found. */
export type ScaleFrom = "tensor" | "config" | "metadata" | "none" | "chosen" | "asked";

/** A module's scale. */
export interface Scale {
  /** The factor in front of B·A; 1 for the time being where `from` is "asked". */
  scale: number;
  from: ScaleFrom;
}

/** What somebody chose where a file has no alpha. */
export type Choice = {alpha: number} | {scale: number};

/** All that is known of scales before the first pair is read. */
export interface ScaleSources {
  config: Config | undefined;
  metadata: ReadonlyMap<string, string>;
  /** The fields of diffusers' `lora_adapter_metadata`: `unet.lora_alpha` and the like. */
  adapterMetadata: JsonObject | undefined;
}

const asNumber = (text: string | undefined) => {
  const number = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
};

/** Collects them. Metadata that are no JSON are left out. */
export function scaleSources(metadata: ReadonlyMap<string, string>, config: Config | undefined): ScaleSources {
  let adapterMetadata: JsonObject | undefined;
  try {
    const text = metadata.get("lora_adapter_metadata");
    const value = text === undefined ? undefined : parseJson("lora_adapter_metadata", text);
    if (value instanceof Map) adapterMetadata = value;
  } catch {
    // What is no JSON says nothing of alpha.
  }
  return {config, metadata, adapterMetadata};
}

/**
 * The scale of a pair: the alpha beside it, then the config, then the metadata; without any, 1 where the readers of such
 * files take 1, or "asked" where they differ. A choice stands in for what is asked and overrules nothing.
 */
export function scaleOf(pair: StoredPair, alpha: number | undefined, sources: ScaleSources, choice?: Choice): Scale {
  const {r, name} = pair;
  const {config} = sources;
  const isPeft = config?.kind === "PEFT";
  const root = (isRs: boolean) => (isRs ? Math.sqrt(r) : r);
  if (alpha !== undefined) return {scale: alpha / root(isPeft && config.config.use_rslora), from: "tensor"};
  if (isPeft && pair.family !== "gguf" && pair.family !== "mlx")
    return {scale: config.rules.alpha(name) / root(config.config.use_rslora), from: "config"};
  if (config?.kind === "MLX" && pair.family === "mlx" && config.scale !== undefined)
    return {scale: config.scale, from: "config"};
  const told = fromMetadata(pair, sources);
  if (told !== undefined) return {scale: told, from: "metadata"};
  if (choice) return {scale: "scale" in choice ? choice.scale : choice.alpha / r, from: "chosen"};
  const family = FAMILIES.find(({id}) => id === pair.family)!;
  return {scale: 1, from: family.withoutAlpha === "ask" ? "asked" : "none"};
}

/** GGUF's `adapter.lora.alpha`, of which 0 means none; diffusers' adapter metadata by component. */
function fromMetadata({family, name, r}: StoredPair, {metadata, adapterMetadata}: ScaleSources): number | undefined {
  if (family === "gguf") {
    const alpha = asNumber(metadata.get("adapter.lora.alpha"));
    return alpha ? alpha / r : undefined;
  }
  if (!adapterMetadata || family !== "diffusers") return undefined;
  const component = name.slice(0, name.indexOf("."));
  const field = (key: string) => adapterMetadata.get(`${component}.${key}`) ?? adapterMetadata.get(key);
  const patterns = field("alpha_pattern");
  const own = patterns instanceof Map ? patternFor(patterns, name.slice(component.length + 1)) : undefined;
  const value = own ?? field("lora_alpha");
  const alpha = isNumeral(value) ? Number(value.digits) : Number.NaN;
  if (!Number.isFinite(alpha)) return undefined;
  return field("use_rslora") === true ? alpha / Math.sqrt(r) : alpha / r;
}

/** The entry whose name is the module's or its end; metadata that diffusers writes have whole names. */
function patternFor(patterns: JsonObject, module: string) {
  for (const [pattern, value] of patterns) {
    const plain = pattern.replace(/^\^/, "").replaceAll("\\", "");
    if (module === plain || module.endsWith(`.${plain}`)) return value;
  }
  return undefined;
}

/** One line of "where alpha comes from". */
export interface ScaleLine {
  /** ".alpha beside each pair", "lora_alpha in adapter_config.json". */
  where: string;
  /** "0.5 for 720 modules": the scale it gives. */
  says: string;
  applies: boolean;
}

/** What the modules' scales came from, and what other sources of the file say of the same. */
export interface ScaleSummary {
  lines: ScaleLine[];
  /** A sentence when two sources disagree. */
  disagreement?: string;
  /** How many modules have no alpha from anywhere, so that somebody has to be asked. */
  asked: number;
}

const PLACES: Readonly<Record<ScaleFrom, string>> = {
  tensor: ".alpha beside the pair",
  config: "adapter_config.json",
  metadata: "the file's metadata",
  none: "nowhere: loaders of such files take 1",
  chosen: "your choice",
  asked: "nowhere",
};

const short = (x: number) => String(Number(x.toPrecision(4)));

/** Sums up the scales of modules; the scale that most of them have comes first in each line. */
export function summarizeScales(
  modules: readonly {scale: number; scaleFrom: ScaleFrom; r: number}[],
  {metadata}: ScaleSources,
): ScaleSummary {
  const lines: ScaleLine[] = [];
  for (const from of Object.keys(PLACES) as ScaleFrom[]) {
    const own = modules.filter(({scaleFrom}) => scaleFrom === from);
    if (own.length > 0) lines.push({where: PLACES[from], says: saying(own.map(({scale}) => scale)), applies: true});
  }
  const [alpha, dim] = [asNumber(metadata.get("ss_network_alpha")), asNumber(metadata.get("ss_network_dim"))];
  const asked = modules.filter(({scaleFrom}) => scaleFrom === "asked").length;
  if (alpha === undefined || !dim) return {lines, asked};
  const told = alpha / dim;
  lines.push({where: "ss_network_alpha / ss_network_dim in the metadata", says: short(told), applies: false});
  const odd = modules.filter(({scale, scaleFrom}) => scaleFrom === "tensor" && Math.abs(scale / told - 1) > 1e-3);
  if (odd.length === 0) return {lines, asked};
  return {
    lines,
    asked,
    disagreement:
      `${short(odd[0].scale)} from ${grouped(odd.length)} .alpha tensors; ss_network_alpha says ${short(told)}. ` +
      "Loaders use the tensors.",
  };
}

function saying(scales: readonly number[]): string {
  const counts = new Map<number, number>();
  for (const scale of scales) counts.set(scale, (counts.get(scale) ?? 0) + 1);
  const [[most], ...rest] = [...counts].sort(([, a], [, b]) => b - a);
  const others = rest.length > 0 ? `, and ${grouped(rest.length)} other value${rest.length === 1 ? "" : "s"}` : "";
  return `${short(most)} for ${grouped(counts.get(most)!)} of ${grouped(scales.length)} modules${others}`;
}

/** The rank that a config gives a module, if it says one; a different one in the file is a note. */
export function dueRank(pair: StoredPair, config: Config | undefined): number | undefined {
  if (config?.kind === "PEFT") return config.rules.rank(pair.name);
  return config?.kind === "MLX" ? config.rank : undefined;
}
