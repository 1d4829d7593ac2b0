/** What the figure of the mixed batch must say: stored losses, and each word written by a forge of its own. */
import {readFileSync} from "node:fs";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {attachLora} from "../../../src/engine/lora/loras.ts";
import {allocate} from "../../../src/engine/network/parameters.ts";
import {sampleWords} from "../../../src/engine/network/sampling.ts";
import {forward} from "../../../src/engine/network/transformer.ts";
import {LONGEST} from "../../../src/engine/training/words.ts";
import type {BatchParams} from "../../../src/figures/batch/model.ts";
import {storedHalves} from "../../../src/figures/shared/storedHalves.ts";
import {baseNamed} from "../../../src/tools/loadBase.ts";
import {readForge} from "../../../src/tools/sweepForge.ts";
import {once} from "./once.ts";
import type {Claims} from "./oracle.ts";

const base = baseNamed("word-forge");
const numbers = readForge();
const stored = JSON.parse(readFileSync(new URL("../../../content/lab/forge.adapters.json", import.meta.url), "utf8"));
const kinds = ["names", "french", "spanish"] as const;
type Kind = (typeof kinds)[number];
const orders: readonly Kind[] = ["names", "french", "names", "spanish"];

/** Four words of the base with these adapters beside it, one added to the other. */
const written = once((attached: readonly Kind[], draw: number): string[] => {
  const slips = attached.map((kind) => {
    const blank = attachLora(base.sizes, {targets: ["Wq", "Wv"], r: 4, alpha: 8}, () => 0.5);
    return {...blank, params: allocate(blank.params.layout, storedHalves(stored[kind]["200"]))};
  });
  return sampleWords((tokens, B) => forward({...base, attached: slips}, tokens, B).logits, 4, mulberry32(draw));
});

/** Letters in doubt: of the base, with its own adapter, and as the rows of a kind are served. */
function doubtsOf(kind: Kind, slips: BatchParams["slips"]) {
  const bases = {names: numbers.base, french: numbers.french.base, spanish: numbers.spanish.base};
  const owns = {names: numbers.adapter[0]!, french: numbers.french.on, spanish: numbers.spanish.on};
  const now = slips === "beside" ? owns[kind] : numbers.served[slips][kind];
  return {base: Math.exp(bases[kind]), own: Math.exp(owns[kind]), now: Math.exp(now)};
}

export function batch({slips, draw, letter}: BatchParams): Claims {
  const [names, french, spanish] = kinds.map((kind) => doubtsOf(kind, slips));
  const all = [names!, french!, spanish!];
  const own = orders.map((kind, row) => written([kind], draw)[row]);
  const merged = {beside: undefined, names: ["names"], both: ["names", "french"]}[slips] as readonly Kind[] | undefined;
  const same = merged ? written(merged, draw).filter((word, row) => word === own[row]).length : orders.length;
  return {
    summary: [
      ...{
        beside: [orders.length],
        names: [french!.now, french!.base],
        both: [names!.now, names!.own, french!.now, french!.base],
      }[slips],
      ...all.map(({now}) => now),
      ...all.map((one) => one.base),
      ...[same, orders.length],
      ...[letter, LONGEST],
    ],
    readouts: all.map(({now, base, own}) => [now, base, own]),
    caption: [orders.length],
    rows: orders.map((kind) => [doubtsOf(kind, slips).now]),
  };
}
