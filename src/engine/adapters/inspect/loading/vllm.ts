/** What vLLM does with a file. */
import {grouped, listed, shown} from "../../../wording.ts";
import type {OpenedAdapter} from "../open.ts";
import {
  baseClassOf,
  brokenPairs,
  counted,
  type Found,
  fieldOf,
  isSet,
  partialOf,
  scaleSays,
  strayOf,
  unmapped,
  type VerdictReason,
  withoutConfig,
} from "./found.ts";
import {type RuleName, VLLM_DEFAULT_RANK, VLLM_FIELDS, VLLM_PAIR, VLLM_RANKS, VLLM_SKIPPED} from "./rules.ts";
import {largestRank, rankForVllm} from "./strength.ts";

/** What vLLM does not take, as nouns. */
function vllmStops(adapter: OpenedAdapter): VerdictReason[] {
  const {config, pairs} = adapter;
  if (config?.kind !== "PEFT") return withoutConfig(adapter, "vllmConfig");
  const {use_dora, bias} = config.config;
  const whole = fieldOf(adapter, "modules_to_save");
  const missing = VLLM_FIELDS.filter((name) => !config.config.fields.has(name));
  const rank = rankForVllm(adapter);
  const refuses = (rule: RuleName, ...what: (string | false)[]) =>
    what.flatMap((noun): VerdictReason[] => (noun === false ? [] : [{what: noun, rule}]));
  return [
    ...refuses("vllmConfig", missing.length > 0 && `a config without ${listed(missing)}`),
    ...refuses(
      "vllmFeatures",
      use_dora && "DoRA",
      Array.isArray(whole) &&
        whole.length > 0 &&
        `modules_to_save (${whole.map((name) => (typeof name === "string" ? shown(name) : "…")).join(", ")})`,
      bias !== "none" && `trained biases (bias is ${bias})`,
    ),
    ...refuses("vllmRanks", rank === undefined && `a rank above ${VLLM_RANKS.at(-1)}`),
    ...refuses("vllmTensors", ...strayOf(adapter, VLLM_PAIR, VLLM_SKIPPED)),
    ...refuses("vllmPaths", [...pairs.values()].some(({kind}) => kind === "convolution") && "convolutions"),
    ...refuses("vllmTensors", ...brokenPairs(adapter)),
  ];
}

/** What vLLM does with the file, by the rules of `rules.ts`. */
export function vllmDoes(adapter: OpenedAdapter): Found {
  const stops = vllmStops(adapter);
  if (stops.length > 0) return {stops};
  const lost = unmapped(adapter);
  const [wrapped] = lost;
  const partial = partialOf(adapter);
  const doubt = vllmDoubt(adapter);
  const rank = rankForVllm(adapter)!;
  const most = largestRank(adapter);
  return {
    stops,
    lost: new Set(lost.map(([name]) => name)),
    isPartial: partial.length > 0,
    why:
      partial.length > 0
        ? `It does not know ${listed(partial)} and adds plain B·A.`
        : wrapped
          ? `It compares only the last word of a name, so it accepts the file and matches ${lost.length === adapter.pairs.size ? "no module" : `only ${grouped(adapter.pairs.size - lost.length)} of the ${counted(adapter.pairs.size, "module")}`}.`
          : rank > VLLM_DEFAULT_RANK
            ? `It takes rank ${most} with --max-lora-rank ${rank}.`
            : "All modules have one scale, as it requires.",
    reasons: [
      ...(wrapped ? [{what: `${shown(wrapped[1].parts.A!)} is no module’s name`, rule: "vllmPaths" as const}] : []),
      {what: scaleSays(adapter, "vLLM"), rule: "vllmScale"},
      {what: `the largest rank is ${most}`, rule: "vllmRanks"},
    ],
    ...(doubt && {doubt}),
  };
}

function vllmDoubt(adapter: OpenedAdapter): string | undefined {
  if (baseClassOf(adapter))
    return "Where vLLM serves the base with another class, it accepts the file and lets the base answer. Look for “No LoRA weights were applied” under VLLM_LOGGING_LEVEL=DEBUG.";
  return isSet(fieldOf(adapter, "trainable_token_indices"))
    ? "It takes trained tokens only with its pull request 55796, which was still open when this was read."
    : undefined;
}
