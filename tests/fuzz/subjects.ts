import {complete} from "../../src/figure/complete.ts";
import {models} from "../../src/figures/models.ts";
import {isWidgetName, load} from "../../src/figures/registry.ts";
import {oracles} from "../figures/oracles/oracle.ts";
import {readers} from "./readers.ts";
import type {Subject} from "./subject.ts";
import {widgetStates} from "./widgetStates.ts";

/** A widget, or a reader of outside input. */
export async function subjectNamed(name: string, seed: number): Promise<Subject> {
  if (Object.hasOwn(readers, name)) return readers[name]!(seed);
  if (!isWidgetName(name)) throw new Error(`fuzz: ${name} is no widget and no reader`);
  const w = await complete(await load(name));
  const model = w.player && (await models[name]!());
  const {hidden: samples, claims} = oracles[name]!;
  return widgetStates({name, w, samples, claims, ...(model && {model})}, seed);
}
