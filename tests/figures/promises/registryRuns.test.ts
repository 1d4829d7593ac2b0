import {models} from "../../../src/figures/models.ts";
import {widgetNames} from "../../../src/figures/registry.ts";
import {promises} from "./promises.ts";

/** Their runs are a transformer's and take longest: files of their own test them. */
const slow = ["lab", "subspace", "amplify"];

// Those whose runs are computed in the worker.
promises(widgetNames.filter((name) => Object.hasOwn(models, name) && !slow.includes(name)));
