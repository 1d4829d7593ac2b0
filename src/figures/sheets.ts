import type {WidgetName} from "./registry.ts";

/** The style sheets in styles/, in cascade order. */
export const order = [
  ...[
    "bins",
    "legendTable",
    "derivation",
    "tracing",
    "rank",
    "product",
    "question",
    "init",
    "fold",
    "listener",
    "keptRunList",
  ],
  ...["lab", "blockmap", "cost", "threads", "predict", "forge", "addition", "learning"],
  ...["writtenWord", "places", "ways", "batch"],
  ...["buttonRow", "latency", "intrinsic", "family", "amplify", "subspace"],
  ...["where", "clinic", "forward", "objective", "growth"],
] as const;

/** The style sheets that each figure needs besides those of all figures. They are not in its widget, so that readers don't load the list. */
const parts: Partial<Record<WidgetName, readonly (typeof order)[number][]>> = {
  rank: ["bins", "tracing", "rank"],
  product: ["bins", "tracing", "product"],
  gradient: ["bins"],
  question: ["question"],
  init: ["init"],
  fold: ["tracing", "fold", "buttonRow"],
  threads: ["threads"],
  cost: ["legendTable", "derivation", "cost"],
  predict: ["derivation", "predict", "buttonRow"],
  forge: ["forge", "buttonRow"],
  addition: ["addition", "buttonRow"],
  learning: ["learning"],
  latency: ["latency"],
  intrinsic: ["derivation", "intrinsic"],
  forward: ["forward"],
  objective: ["objective"],
  growth: ["growth"],
  train: ["bins", "tracing", "keptRunList"],
  listener: ["tracing", "listener"],
  lab: ["keptRunList", "lab", "blockmap", "buttonRow"],
  places: ["writtenWord", "places"],
  ways: ["writtenWord", "ways"],
  batch: ["writtenWord", "batch", "buttonRow"],
  where: ["where"],
  family: ["derivation", "family"],
  subspace: ["bins", "subspace"],
  amplify: ["legendTable", "buttonRow", "amplify"],
  choose: ["derivation"],
  clinic: ["bins", "buttonRow", "clinic"],
};

/** The style sheets that these figures need. */
export const partsOf = (names: readonly WidgetName[]): string[] =>
  order.filter((part) => names.some((name) => parts[name]?.includes(part)));
