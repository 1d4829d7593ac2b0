import type {Settings, UseOrder} from "./controls.ts";
import type {Frame} from "./snapshot.ts";
import {train} from "./train.ts";
import {use} from "./use.ts";

export {ready} from "../shared/baseModels.ts";

/** A run, step by step; or one frame of a trained model at work. */
export const compute = (order: Settings | UseOrder): Generator<Frame | Promise<void> | undefined, void> =>
  "run" in order ? use(order) : train(order);
