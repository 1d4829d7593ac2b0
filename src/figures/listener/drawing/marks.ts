import {attributes, children, each} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {put} from "../../../figure/plot/text/put.ts";

/** Words of one name at a place. */
export function word(g: Element, name: string, text: string, [x, y]: readonly [number, number], anchor?: string) {
  const one = layer(g, "text", name, text);
  attributes(one, {x: rounded(x), y: rounded(y), "text-anchor": anchor});
}

export interface PlaneDot {
  x: number;
  y: number;
  /** Its classes. */
  name: string;
  /** A diamond, for the group below the line; else round. */
  isDiamond?: boolean;
}

/** A round mark or a diamond of about the same area. Each begins with its place as trails write it, which packs well. */
function shape({x, y, isDiamond}: PlaneDot, r: number): string {
  if (!isDiamond) return `M${x},${y}m${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
  const half = rounded(r * 1.25);
  return `M${x},${y}m0,${-half}l${half},${half} ${-half},${half} ${-half},${-half}z`;
}

/** Marks of radius `r`. */
export function dots(g: Element, all: readonly PlaneDot[], r: number) {
  const names = all.map(({name}) => name);
  for (const [i, one] of children(g, "path", names).entries()) attributes(one, {d: shape(all[i]!, r)});
}

/** A ring around each of these places. */
export function rings(g: Element, places: readonly (readonly [x: number, y: number])[]) {
  const names = places.map(() => "circled");
  for (const [i, ring] of children(g, "circle", names).entries())
    attributes(ring, {cx: places[i]![0], cy: places[i]![1], r: 8});
}

/** The numbers of a scale, below it. */
export const scaleNumbers = (g: Element, values: readonly string[], across: (i: number) => number, y: number) =>
  each(g, "text", values, (one, value, i) => {
    attributes(one, {x: across(i), y, "text-anchor": "middle"});
    put(one, value);
  });

/** One path of this name; without `d` it is empty. */
export const pathIn = (g: Element, name: string, d: string | undefined) =>
  attributes(layer(g, "path", name), {d: d ?? ""});
