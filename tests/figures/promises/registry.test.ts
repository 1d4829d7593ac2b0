import {expect, test} from "vitest";
import {models} from "../../../src/figures/models.ts";
import {isWidgetName, widgetNames} from "../../../src/figures/registry.ts";
import {oracles} from "../oracles/oracle.ts";
import {promises} from "./promises.ts";

test("each widget has an oracle, and each oracle a widget; each model belongs to one", () => {
  expect(Object.keys(oracles).sort()).toEqual([...widgetNames].sort());
  expect(Object.keys(models).filter((name) => !Object.hasOwn(oracles, name))).toEqual([]);
});

/** `npm run quick` names some. */
const chosen = process.env.WIDGETS?.split(",").filter(isWidgetName);

// Those that answer at once; the files beside this one have the others.
promises(chosen ?? widgetNames.filter((name) => !Object.hasOwn(models, name)));
