import {models} from "../../src/widgets/models.ts";
import {widgetNames} from "../../src/widgets/registry.ts";
import {promises} from "./promises.ts";

// Those whose runs are computed in the worker, but for the lab, whose runs take longest.
promises(widgetNames.filter((name) => Object.hasOwn(models, name) && name !== "lab"));
