import type {RunModel} from "../figure/runs/serve.ts";

/** The models of figures with runs, by name, for the worker. A page loads them itself only where no worker can start. */
export const models: Readonly<Record<string, () => Promise<RunModel>>> = {
  question: () => import("./question/model.ts"),
  cut: () => import("./cut/model.ts"),
  gradient: () => import("./gradient/model.ts"),
  objective: () => import("./objective/model.ts"),
  init: () => import("./init/model.ts"),
  forge: () => import("./forge/model.ts"),
  learning: () => import("./learning/model.ts"),
  latency: () => import("./latency/model.ts"),
  intrinsic: () => import("./intrinsic/model.ts"),
  train: () => import("./train/model.ts"),
  listener: () => import("./listener/model.ts"),
  lab: () => import("./lab/model.ts"),
  family: () => import("./family/model.ts"),
  subspace: () => import("./subspace/model.ts"),
  amplify: () => import("./amplify/model.ts"),
  places: () => import("./places/model.ts"),
  ways: () => import("./ways/model.ts"),
  batch: () => import("./batch/model.ts"),
  sweep: () => import("./sweep/model.ts"),
  clinic: () => import("./clinic/model.ts"),
  floor: () => import("./floor/model.ts"),
  compose: () => import("./compose/model.ts"),
  forgetting: () => import("./forgetting/model.ts"),
  // For tests of src/figure, as in registry.ts.
  ...((import.meta.env.PUBLIC_PROBE ? {probe: () => import("./probe/model.ts")} : {}) as object),
};
