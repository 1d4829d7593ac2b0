import type {Model} from "../shell/runs/serve.ts";

/** The models of the heavy widgets. The worker runs them; a page loads them only if it may not start a worker. */
export const models: Readonly<Record<string, () => Promise<Model>>> = {
  init: () => import("./init/model.ts"),
  latency: () => import("./latency/model.ts"),
  intrinsic: () => import("./intrinsic/model.ts"),
  train: () => import("./train/model.ts"),
  lab: () => import("./lab/model.ts"),
  family: () => import("./family/model.ts"),
  subspace: () => import("./subspace/model.ts"),
  amplify: () => import("./amplify/model.ts"),
  budget: () => import("./budget/model.ts"),
  sweep: () => import("./sweep/model.ts"),
  clinic: () => import("./clinic/model.ts"),
  floor: () => import("./floor/model.ts"),
  scaling: () => import("./scaling/model.ts"),
  compose: () => import("./compose/model.ts"),
  // Only in builds made with PROBE=1, as in the registry.
  ...((import.meta.env.PUBLIC_PROBE ? {probe: () => import("./probe/model.ts")} : {}) as object),
};
