import type {Controls} from "../../src/figure/controls.ts";
import {differences} from "../../src/figure/parse.ts";
import {pack} from "../../src/figure/state/packed.ts";
import type {AnyWidget} from "../../src/figure/widget.ts";
import {oracles} from "../figures/oracles/oracle.ts";
import {through} from "../figures/promises/stage.ts";
import {randomValue} from "../figures/promises/states.ts";
import {mutateText, oneOf, type Random} from "./mutate.ts";
import {options} from "./samples.ts";

/** A server takes no longer address. */
const LONGEST = 8000;

/** The query of a widget's address: its own names and values, those of every widget, a packed state, each of them damaged now and then. */
export function hostileQuery(name: string, w: AnyWidget, random: Random): string {
  const values = Object.entries(w.controls as Controls).map(([key, control]) => [
    key,
    randomValue(key, control, oracles[name]!.hidden, random),
  ]);
  const state = differences(w.controls, through(w, Object.fromEntries(values)));
  const asked = random() < 0.3 ? oneOf(random, options) : {};
  const packed = random() < 0.3 ? {s: mutateText(pack(state), random)} : {};
  const parts = Object.entries({...state, ...asked, ...packed}).map(([key, value]): [string, string] => [
    random() < 0.05 ? mutateText(key, random) : key,
    random() < 0.3 ? mutateText(String(value), random) : String(value),
  ]);
  const text = String(new URLSearchParams(parts));
  return (random() < 0.3 ? mutateText(text, random).replace(/[#\s]/g, "") : text).slice(0, LONGEST);
}
