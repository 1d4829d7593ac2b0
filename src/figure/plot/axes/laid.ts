import {nice, ticks as round} from "d3";
import {textWidth} from "../text/textWidth.ts";
import {decades, linear, logarithmic, rangeOf, type Scale} from "./scales.ts";

type Pair = readonly [number, number];

/** As in Plot: what an axis is, if not what follows from the marks. */
export interface Axis {
  type?: "linear" | "log";
  /** Its ends; by default those of all marks. */
  domain?: Pair;
  /** Share of the domain that is left free at both ends; without it they are round values. */
  inset?: number;
  ticks?: readonly number[];
  /** With "log": ticks at its powers. */
  base?: number;
  tickFormat?(value: number): string;
}

/** Numbered places with names. */
export interface Places {
  type: "point";
  names: readonly string[];
}

/** A row for each name, with words at its right. */
export interface Rows {
  type: "rows";
  rows: readonly {name: string; said: string; spoken?: string; key?: string}[];
  chosen?: number;
  press?(row: number): void;
}

/** An axis laid out over a length in units. */
export interface Laid {
  at: Scale;
  ticks: readonly {value: number; name: string}[];
}

/** The width of a text in a chart, whose letters have 12 units. */
export const markWidth = (text: string): number => textWidth(text, 12);

/** From label to label, at least. */
const APART = 10;
const FLAT = 40;

/** Powers of a base inside these ends, or every second, fourth … of them. */
function powers([low, high]: Pair, base: number, most: number): number[] {
  const at = (value: number) => Math.log(value) / Math.log(base);
  const [from, to] = [Math.ceil(at(low) - 1e-9), Math.floor(at(high) + 1e-9)];
  let step = 1;
  while ((to - from) / step > most) step *= 2;
  return Array.from({length: Math.floor((to - from) / step) + 1}, (_, i) => base ** (from + i * step));
}

const decimals = (ticks: readonly number[]): number =>
  Math.max(0, ...ticks.map((tick) => String(Number(tick.toPrecision(6))).split(".")[1]?.length ?? 0));

/** The ends of an axis that holds these values. */
export function domainOf({type, domain, inset}: Axis, values: readonly number[]): Pair {
  if (domain) return domain;
  const [low, high] = rangeOf(values, type === "log" ? [1, 10] : [0, 1]);
  if (type === "log") return [low / 1.4, high * 1.4];
  if (inset === undefined) return low === high ? [low - 1, high + 1] : nice(low, high, 5);
  const room = (high - low || 1) * inset;
  return [low - room, high + room];
}

/** An axis along a range: as many ticks as its labels have room for, which need so much each. */
export function laid(axis: Axis | Places, domain: Pair, range: Pair): Laid {
  const length = Math.abs(range[1] - range[0]);
  const isFlat = range[1] > range[0];
  const room = (name: string) => (isFlat ? markWidth(name) + APART : FLAT);
  if (axis.type === "point") {
    const widest = Math.max(...axis.names.map(room));
    const every =
      [1, 2, 3, 4, 6, 8].find((step) => ((axis.names.length - 1) / step) * widest <= length) ?? axis.names.length - 1;
    return {
      at: linear(domain, range),
      ticks: axis.names.map((name, value) => ({name, value})).filter(({value}) => value % every === 0),
    };
  }
  const {type, ticks, base, tickFormat} = axis;
  const at = type === "log" ? logarithmic(domain, range) : linear(domain, range);
  for (let most = 8; ; most--) {
    const values =
      ticks ?? (type === "log" ? (base ? powers(domain, base, most) : decades(domain, most)) : round(...domain, most));
    const places = decimals(values);
    const named = values.map((value) => ({
      value,
      name: tickFormat ? tickFormat(value) : value.toFixed(places).replace("-", "−"),
    }));
    if (ticks || most <= 2 || named.length * Math.max(...named.map(({name}) => room(name))) <= length + APART)
      return {at, ticks: named};
  }
}
