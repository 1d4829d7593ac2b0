import {frame, type LatencyParams, type LatencyResult} from "./frame.ts";

/**
 * The model's `compute` for a page that has no worker: the kernels are loaded only once Play is pressed there. Until
 * they have come the first frame is given again, which lets the page go on between slices.
 */
export function* compute(params: LatencyParams): Generator<LatencyResult, void> {
  const still = frame(params);
  yield still;
  const loaded: {model?: typeof import("./model.ts"); why?: unknown} = {};
  import("./model.ts").then(
    (model) => Object.assign(loaded, {model}),
    (why) => Object.assign(loaded, {why: why ?? "the kernels did not load"}),
  );
  while (!loaded.model) {
    if (loaded.why) throw loaded.why;
    yield still;
  }
  yield* loaded.model.compute(params);
}
