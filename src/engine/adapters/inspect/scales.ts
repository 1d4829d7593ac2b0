/** The factor in front of B·A: the places of a file that can say it, in the order in which loaders look, and sentences on them. */

import {grouped, shown} from "../../wording.ts";
import {isNumeral, type JsonObject, parseJson} from "../json.ts";
import type {Config} from "./config.ts";
import {familyOf} from "./families/families.ts";
import {counted} from "./loading/found.ts";
import type {StoredPair} from "./pairs.ts";

/** Where a module's scale was found. */
export type ScaleFrom = "tensor" | "config" | "metadata" | "none" | "chosen" | "asked";

/** A module's scale. */
export interface Scale {
  /** The factor in front of B·A; 1 for the time being where `scaleFrom` is "asked". */
  scale: number;
  scaleFrom: ScaleFrom;
  /** The alpha that gives it; absent if the file says the factor itself, or nothing. */
  alpha?: number;
  /** Whether alpha was divided by √r (rsLoRA) and not by r. */
  isRs?: boolean;
}

/** What somebody chose where a file has no alpha. */
export type ScaleChoice = {alpha: number} | {scale: number};

/** All that is known of scales before the first pair is read. */
export interface ScaleSources {
  config: Config | undefined;
  metadata: ReadonlyMap<string, string>;
  /** The fields of diffusers' `lora_adapter_metadata`, such as `unet.lora_alpha`; undefined without them. */
  adapterMetadata: JsonObject | undefined;
}

/** A text as a finite number; undefined for any other. */
const asNumber = (text: string | undefined) => {
  const number = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
};

/** What a file says of scales. Metadata that are no JSON are left out. */
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
 * files take 1, or "asked" where they differ. A choice answers what is asked and overrules nothing.
 */
export function scaleOf(
  pair: StoredPair,
  alpha: number | undefined,
  sources: ScaleSources,
  choice?: ScaleChoice,
): Scale {
  const {r, name} = pair;
  const {config} = sources;
  const isPeft = config?.kind === "PEFT";
  const isRs = isPeft && config.use_rslora;
  if (alpha !== undefined) return fromAlpha(alpha, r, "tensor", isRs);
  if (isPeft && pair.family !== "gguf" && pair.family !== "mlx")
    return fromAlpha(config.rules.alpha(pair.configName ?? name), r, "config", isRs);
  if (config?.kind === "MLX" && pair.family === "mlx" && config.scale !== undefined)
    return {scale: config.scale, scaleFrom: "config"};
  const fromFile = fromMetadata(pair, sources);
  if (fromFile) return fromFile;
  if (choice)
    return "scale" in choice ? {scale: choice.scale, scaleFrom: "chosen"} : fromAlpha(choice.alpha, r, "chosen", false);
  return {scale: 1, scaleFrom: familyOf(pair.family).asksForAlpha ? "asked" : "none"};
}

/** The scale that an alpha gives at rank r. */
const fromAlpha = (alpha: number, r: number, scaleFrom: ScaleFrom, isRs: boolean): Scale => ({
  scale: alpha / (isRs ? Math.sqrt(r) : r),
  scaleFrom,
  alpha,
  isRs,
});

/** The scale by GGUF's `adapter.lora.alpha`, of which 0 means none, or by diffusers' adapter metadata; undefined without them. */
function fromMetadata({family, name, r}: StoredPair, {metadata, adapterMetadata}: ScaleSources): Scale | undefined {
  if (family === "gguf") {
    const alpha = asNumber(metadata.get("adapter.lora.alpha"));
    return alpha ? fromAlpha(alpha, r, "metadata", false) : undefined;
  }
  if (!adapterMetadata || family !== "diffusers") return undefined;
  const component = name.slice(0, name.indexOf("."));
  const fieldOf = (key: string) => adapterMetadata.get(`${component}.${key}`) ?? adapterMetadata.get(key);
  const patterns = fieldOf("alpha_pattern");
  const ofModule = patterns instanceof Map ? valueFor(name.slice(component.length + 1), patterns) : undefined;
  const value = ofModule ?? fieldOf("lora_alpha");
  const alpha = isNumeral(value) ? Number(value.digits) : Number.NaN;
  if (!Number.isFinite(alpha)) return undefined;
  return fromAlpha(alpha, r, "metadata", fieldOf("use_rslora") === true);
}

/** The value of the pattern that is a module's name or its end; diffusers writes whole names, with ^ and backslashes. */
function valueFor(module: string, patterns: JsonObject) {
  for (const [pattern, value] of patterns) {
    const plain = pattern.replace(/^\^/, "").replaceAll("\\", "");
    if (module === plain || module.endsWith(`.${plain}`)) return value;
  }
  return undefined;
}

/** One place that says something of scales. */
export interface ScaleLine {
  /** ".alpha beside the pair", "adapter_config.json". */
  where: string;
  /** "α = 32, r = 8, so the scale is α / r = 4"; with several scales, which modules have which. */
  says: string;
  /** Whether modules have their scale from there. */
  applies: boolean;
}

/** Where the modules' scales come from, and what other places of the file say. */
export interface ScaleSummary {
  lines: ScaleLine[];
  /** A sentence if two places disagree. */
  disagreement?: string;
  /** How many modules have no alpha from anywhere, so that somebody has to be asked. */
  asked: number;
}

/** The places as the page names them. */
const PLACES: Readonly<Record<ScaleFrom, string>> = {
  tensor: ".alpha beside the pair",
  config: "adapter_config.json",
  metadata: "the file's metadata",
  none: "no alpha in the file; loaders of such files take 1",
  chosen: "your choice",
  asked: "no alpha found; 1 for now",
};

const fourDigits = (x: number) => String(Number(x.toPrecision(4)));
/** Scales from tensors and from metadata that differ by a larger share disagree. */
const SCALE_TOLERANCE = 1e-3;

/** Sums up the scales of modules: a line for each place, in which the scale of most modules comes first. */
export function summarizeScales(modules: readonly ScaledModule[], {metadata}: ScaleSources): ScaleSummary {
  const lines: ScaleLine[] = [];
  for (const from of Object.keys(PLACES) as ScaleFrom[]) {
    const ofPlace = modules.filter(({scaleFrom}) => scaleFrom === from);
    // GGUF's alpha, which counts as none where it is 0.
    const isZero = from === "none" && metadata.has("adapter.lora.alpha");
    const where = isZero ? "alpha is 0 in the file, so llama.cpp uses 1" : PLACES[from];
    if (ofPlace.length > 0) lines.push({where, says: scalesInWords(ofPlace), applies: true});
  }
  const [alpha, dim] = [asNumber(metadata.get("ss_network_alpha")), asNumber(metadata.get("ss_network_dim"))];
  const asked = modules.filter(({scaleFrom}) => scaleFrom === "asked").length;
  if (alpha === undefined || !dim) return {lines, asked};
  const metadataScale = alpha / dim;
  lines.push({
    where: "ss_network_alpha / ss_network_dim in the metadata",
    says: `α / r = ${fourDigits(alpha)} / ${dim} = ${fourDigits(metadataScale)}`,
    applies: false,
  });
  const mismatches = modules.filter(
    ({scale, scaleFrom}) => scaleFrom === "tensor" && Math.abs(scale / metadataScale - 1) > SCALE_TOLERANCE,
  );
  if (mismatches.length === 0) return {lines, asked};
  const [{scale}] = mismatches;
  const disagreement =
    `${fourDigits(scale)} from ${counted(mismatches.length, ".alpha tensor")}; ` +
    `ss_network_alpha says ${fourDigits(metadataScale)}. Loaders use the tensors.`;
  return {lines, asked, disagreement};
}

/** A module as far as its scale goes. */
export interface ScaledModule extends Scale {
  /** The module's name; an expert's is `name[3]`. */
  name: string;
  r: number;
}

/** The most scales that a line names. */
const MAX_SCALES = 4;

/** One scale with its alpha and rank, or several with the modules that have them, as one sentence without a full stop. */
function scalesInWords(modules: readonly ScaledModule[]): string {
  const byScale = new Map<string, ScaledModule[]>();
  for (const one of modules) {
    const key = fourDigits(one.scale);
    const sameScale = byScale.get(key);
    if (sameScale) sameScale.push(one);
    else byScale.set(key, [one]);
  }
  const [[scale, modulesOfScale], ...others] = [...byScale].sort(([, a], [, b]) => b.length - a.length);
  if (others.length === 0) return oneScaleInWords(scale, modulesOfScale);
  const rest = others.slice(0, MAX_SCALES - 1).map(([value, sameScale]) => {
    const [{name}] = sameScale;
    const whose = sameScale.length === 1 ? shown(name) : `${grouped(sameScale.length)}, ${shown(name)} first`;
    return `; ${value}${alphaAndRank(sameScale)} for ${whose}`;
  });
  const more = others.length - rest.length;
  return (
    `Scale ${scale}${alphaAndRank(modulesOfScale)} for ${grouped(modulesOfScale.length)} of ${grouped(modules.length)} modules${rest.join("")}` +
    (more > 0 ? `; and ${grouped(more)} more` : "")
  );
}

function oneScaleInWords(scale: string, modules: readonly ScaledModule[]): string {
  const [{alpha, isRs, r}] = modules;
  if (alpha === undefined) return `Scale ${scale}`;
  const way = isRs ? "α / √r" : "α / r";
  return isUniform(modules)
    ? `α = ${fourDigits(alpha)}, r = ${r}, so the scale is ${way} = ${scale}`
    : `Scale ${way} = ${scale}, with α and r that differ by module`;
}

/** " (α = 16, r = 8)": the alpha and the rank behind a scale; "" unless all of its modules have the same. */
function alphaAndRank(modules: readonly ScaledModule[]): string {
  const [{alpha, isRs, r}] = modules;
  if (alpha === undefined || !isUniform(modules)) return "";
  return ` (α = ${fourDigits(alpha)}, r = ${r}${isRs ? ", α / √r" : ""})`;
}

const isUniform = (modules: readonly ScaledModule[]) =>
  modules.every(({alpha, r}) => alpha === modules[0].alpha && r === modules[0].r);

/** The rank that a config gives a module; undefined if it says none. */
export function rankInConfig(pair: StoredPair, config: Config | undefined): number | undefined {
  if (config?.kind === "PEFT") return config.rules.rank(pair.configName ?? pair.name);
  return config?.kind === "MLX" ? config.rank : undefined;
}
