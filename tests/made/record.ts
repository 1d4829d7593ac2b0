/** What a figure draws and says, as text that two versions of the code can be compared by. net.ts has Vite load it. */
import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import type {AnyParams} from "../../src/figure/controls.ts";
import {drawFigure, skeleton} from "../../src/figure/live/skeleton.ts";
import type {ComputingWidget} from "../../src/figure/widget.ts";
import {type WidgetName, widgetNames} from "../../src/figures/registry.ts";
import {oracles} from "../figures/oracles/oracle.ts";
import {golden} from "../figures/promises/golden.ts";
import {emptyRoot, nobody, through} from "../figures/promises/stage.ts";
import {randomParams} from "../figures/promises/states.ts";
import {remembering} from "../figures/promises/tapes.ts";

const WIDTHS = [340, 480, 680];

function picture(w: ComputingWidget, params: AnyParams, size: "card" | "full", width: number): string {
  const root = emptyRoot();
  const parts = skeleton(root, w, params, {size});
  drawFigure(parts, w, w.compute(params), params, nobody, {size, width});
  return golden(root);
}

/** Sentences, readouts, table and challenge of one state. */
function words(w: ComputingWidget, params: AnyParams) {
  const result = w.compute(params);
  const {says, summary, readouts, table, challenge} = w;
  const said = {says: says?.(result, params), summary: summary(result, params), readouts: readouts(result, params)};
  return {params, ...said, table: table(result, params), met: challenge.met(result, params)};
}

/** The pictures of its first state by their file names, and `words.jsonl` with sixty seeded states, a line each. */
async function record(name: WidgetName): Promise<Record<string, string>> {
  const w = await remembering(name);
  const {clock} = w.runs ?? {};
  // Of a trained figure the runs end early, as in the promises.
  const last = oracles[name]!.short?.step ?? Number.POSITIVE_INFINITY;
  const shortened = (params: AnyParams) =>
    clock && Number.isFinite(last) ? through(w, {...params, [clock]: Number(params[clock]) % (last + 1)}) : params;
  const start = shortened(through(w));
  const pictures = (["card", "full"] as const).flatMap((size) =>
    WIDTHS.map((width) => [`${size}-${width}.svg`, picture(w, start, size, width)] as const),
  );
  const states = [start, ...randomParams(name, w, 60).map(shortened)];
  return {
    ...Object.fromEntries(pictures),
    "words.jsonl": states.map((params) => `${JSON.stringify(words(w, params))}\n`).join(""),
  };
}

const [folder = "", ...chosen] = process.argv.slice(2);
for (const name of widgetNames) {
  if (chosen.length && !chosen.includes(name)) continue;
  mkdirSync(join(folder, name), {recursive: true});
  for (const [file, text] of Object.entries(await record(name))) writeFileSync(join(folder, name, file), text);
  console.log(name);
}
