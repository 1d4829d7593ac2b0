/** The axes of a chart: what they declare, and how they are laid out along a length. */
import {nice, ticks as roundTicks} from "d3";
import type {Tone} from "../marks.ts";
import {textWidth} from "../text/textWidth.ts";
import {decades, linearScale, logScale, rangeOf, type Scale} from "./scales.ts";

type Ends = readonly [number, number];

/** An axis, in Observable Plot's words. What it leaves out follows from the marks. */
export interface Axis {
  type?: "linear" | "log";
  /** Its ends. By default it holds the values of all marks. */
  domain?: Ends;
  /** The share of the domain that is left free at both ends. Without it the ends are round values. */
  inset?: number;
  ticks?: readonly number[];
  tickFormat?(value: number): string;
}

/** An axis of places that are numbered from 0 and have names. */
export interface Places {
  type: "point";
  names: readonly string[];
}

/** An axis of rows, each with a name at its left and words at its right. */
export interface Rows {
  type: "rows";
  rows: readonly {name: string; valueText: string; spoken?: string; key?: string; tone?: Tone}[];
  chosen?: number | readonly number[];
  /** The row whose words at the right are the picture's answer, in large letters. */
  loud?: number;
  press?(row: number): void;
}

/** An axis laid out over a length in units. */
export interface LaidOutAxis {
  scale: Scale;
  ticks: readonly {value: number; name: string}[];
}

/** The width of a text in a chart, whose letters have 12 units. */
export const labelWidth = (text: string): number => textWidth(text, 12);

/** In units: the least room between two labels side by side, and from one tick to the next where they are one above the other. */
const [LABEL_GAP, UPRIGHT_PITCH] = [10, 40];

/** The decimals that tell these ticks apart. */
const decimals = (ticks: readonly number[]): number =>
  Math.max(0, ...ticks.map((tick) => String(Number(tick.toPrecision(6))).split(".")[1]?.length ?? 0));

/** The factor by which a logarithmic axis goes beyond its values at both ends. */
const LOG_MARGIN = 1.4;

/** The ends of an axis that holds these values. */
export function domainOf({type, domain, inset}: Axis, values: readonly number[]): Ends {
  if (domain) return domain;
  const [low, high] = rangeOf(values, type === "log" ? [1, 10] : [0, 1]);
  if (type === "log") return [low / LOG_MARGIN, high * LOG_MARGIN];
  if (inset === undefined) return low === high ? [low - 1, high + 1] : nice(low, high, 5);
  const room = (high - low || 1) * inset;
  return [low - room, high + room];
}

/** Lays out an axis along a range, with as many ticks as there is room for their labels. */
export function layOut(axis: Axis | Places, domain: Ends, range: Ends): LaidOutAxis {
  const length = Math.abs(range[1] - range[0]);
  const isLevel = range[1] > range[0];
  const room = (name: string) => (isLevel ? labelWidth(name) + LABEL_GAP : UPRIGHT_PITCH);
  if (axis.type === "point") {
    const widest = Math.max(...axis.names.map(room));
    const every =
      [1, 2, 3, 4, 6, 8].find((step) => ((axis.names.length - 1) / step) * widest <= length) ?? axis.names.length - 1;
    return {
      scale: linearScale(domain, range),
      ticks: axis.names.map((name, value) => ({name, value})).filter(({value}) => value % every === 0),
    };
  }
  const {type, ticks, tickFormat} = axis;
  const scale = type === "log" ? logScale(domain, range) : linearScale(domain, range);
  for (let maxTicks = 8; ; maxTicks--) {
    const values = ticks ?? (type === "log" ? decades(domain, maxTicks) : roundTicks(...domain, maxTicks));
    const digits = decimals(values);
    const labeled = values.map((value) => ({
      value,
      name: tickFormat ? tickFormat(value) : value.toFixed(digits).replace("-", "−"),
    }));
    if (
      ticks ||
      maxTicks <= 2 ||
      labeled.length * Math.max(...labeled.map(({name}) => room(name))) <= length + LABEL_GAP
    )
      return {scale, ticks: labeled};
  }
}
