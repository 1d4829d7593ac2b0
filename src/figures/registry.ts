/** All figures by name. */
import {replacements} from "../figure/replacements.ts";
import type {AnyWidget} from "../figure/widget.ts";

/** Loads a figure's widget. */
type LoadWidget = () => Promise<{default: AnyWidget}>;

// A figure with runs for tests of src/figure, only in builds made with PROBE=1.
const probe = import.meta.env.PUBLIC_PROBE ? {probe: () => import("./probe/widget.ts")} : {};

/** A line here gives a figure its island, page, embed, bundle, gallery card, goldens and tests. */
const registry = {
  rank: () => import("./rank/widget.ts"),
  cut: () => import("./cut/widget.ts"),
  gradient: () => import("./gradient/widget.ts"),
  product: () => import("./product/widget.ts"),
  question: () => import("./question/widget.ts"),
  savings: () => import("./savings/widget.ts"),
  threads: () => import("./threads/widget.ts"),
  init: () => import("./init/widget.ts"),
  fold: () => import("./fold/widget.ts"),
  cost: () => import("./cost/widget.ts"),
  merge: () => import("./merge/widget.ts"),
  predict: () => import("./predict/widget.ts"),
  forge: () => import("./forge/widget.ts"),
  addition: () => import("./addition/widget.ts"),
  learning: () => import("./learning/widget.ts"),
  latency: () => import("./latency/widget.ts"),
  intrinsic: () => import("./intrinsic/widget.ts"),
  forward: () => import("./forward/widget.ts"),
  objective: () => import("./objective/widget.ts"),
  growth: () => import("./growth/widget.ts"),
  train: () => import("./train/widget.ts"),
  listener: () => import("./listener/widget.ts"),
  lab: () => import("./lab/widget.ts"),
  budget: () => import("./budget/widget.ts"),
  places: () => import("./places/widget.ts"),
  ways: () => import("./ways/widget.ts"),
  batch: () => import("./batch/widget.ts"),
  where: () => import("./where/widget.ts"),
  sweep: () => import("./sweep/widget.ts"),
  family: () => import("./family/widget.ts"),
  subspace: () => import("./subspace/widget.ts"),
  amplify: () => import("./amplify/widget.ts"),
  results: () => import("./results/widget.ts"),
  choose: () => import("./choose/widget.ts"),
  clinic: () => import("./clinic/widget.ts"),
  floor: () => import("./floor/widget.ts"),
  rates: () => import("./rates/widget.ts"),
  compose: () => import("./compose/widget.ts"),
  tuned: () => import("./tuned/widget.ts"),
  forgetting: () => import("./forgetting/widget.ts"),
  strength: () => import("./strength/widget.ts"),
  ...(probe as object),
} satisfies Record<string, LoadWidget>;

export type WidgetName = keyof typeof registry;

/** Whether a figure has this name. */
export const isWidgetName = (name: string): name is WidgetName => Object.hasOwn(registry, name);
export const widgetNames = Object.keys(registry) as WidgetName[];

/** The figure with this name or former name; undefined if there is none. */
export const figureNamed = (name: string): WidgetName | undefined =>
  isWidgetName(name) ? name : Object.hasOwn(replacements, name) ? (replacements[name] as WidgetName) : undefined;

/** All names under which figures have addresses, each with its figure. */
export const addressedFigures: readonly (readonly [name: string, figure: WidgetName])[] = [
  ...widgetNames.map((name) => [name, name] as const),
  ...(Object.entries(replacements) as [string, WidgetName][]),
];

/** Loads a widget. */
export async function loadWidget(name: WidgetName): Promise<AnyWidget> {
  const entry: LoadWidget = registry[name];
  return (await entry()).default;
}
