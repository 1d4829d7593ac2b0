import type {WidgetName} from "./registry.ts";

/** The files of styles/, in cascade order. */
export const order = [
  ...["bins", "ledger", "grounds", "tracing", "rank", "product", "question", "init", "fold", "listener", "shelf"],
  ...["lab", "blockmap", "cost", "threads", "predict", "forge", "addition", "learning"],
  ...["written", "places", "ways", "batch"],
  ...["press", "latency", "intrinsic", "family", "amplify", "subspace"],
  ...["where", "clinic", "forward", "objective", "growth"],
] as const;

/** The parts that a figure needs besides what all have. Not in the widget itself, so that readers don't load the list. */
const parts: Partial<Record<WidgetName, readonly (typeof order)[number][]>> = {
  rank: ["bins", "tracing", "rank"],
  product: ["bins", "tracing", "product"],
  gradient: ["bins"],
  question: ["question"],
  init: ["init"],
  fold: ["tracing", "fold", "press"],
  threads: ["threads"],
  cost: ["ledger", "grounds", "cost"],
  predict: ["grounds", "predict", "press"],
  forge: ["forge", "press"],
  addition: ["addition", "press"],
  learning: ["learning"],
  latency: ["latency"],
  intrinsic: ["grounds", "intrinsic"],
  forward: ["forward"],
  objective: ["objective"],
  growth: ["growth"],
  train: ["bins", "tracing", "shelf"],
  listener: ["tracing", "listener"],
  lab: ["shelf", "lab", "blockmap", "press"],
  places: ["written", "places"],
  ways: ["written", "ways"],
  batch: ["written", "batch", "press"],
  where: ["where"],
  family: ["grounds", "family"],
  subspace: ["bins", "subspace"],
  amplify: ["ledger", "press", "amplify"],
  choose: ["grounds"],
  clinic: ["bins", "press", "clinic"],
};

/** The parts that these widgets need. */
export const partsOf = (names: readonly WidgetName[]): string[] =>
  order.filter((part) => names.some((name) => parts[name]?.includes(part)));
