/** Norms drawn as faders of a mixing desk: one for each direction, all of a group at the same level. */
import {ticks as roundTicks} from "d3";
import {linear} from "../../../figure/plot/axes/scales.ts";
import {attributes, children, each, join} from "../../../figure/plot/children.ts";
import {drags} from "../../../figure/plot/drags.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {paint, type Tone} from "../../../figure/plot/marks.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {texts} from "../../../figure/plot/text/texts.ts";

/** A group of faders, all at one norm: one for each direction. */
export interface FaderGroup {
  tone: Tone;
  /** Its name, what is added to it where there is room, and its value. */
  name: readonly [name: string, more: string];
  said: string;
  /** The norm at its knobs, and the one at which the slate part ends. */
  level: number;
  base: number;
  /** Above the knobs, where there is room: the one large number, and what it counts, in many words and in few. */
  answer?: {number: string; of: readonly [long: string, short: string]};
  /** Another group is the news. */
  isPale?: boolean;
}

/** What is drawn. */
interface Faders {
  groups: readonly FaderGroup[];
  /** The greatest norm that a fader may have. */
  most: number;
  /** Directions in each group: a fader for each, or for as many as there is room for. */
  count: number;
  /** Called with the norm to which the reader drags the knobs of ΔW's group. */
  onDrag?(norm: number): void;
  onCancel(): void;
}

/** Room for the axis at the left, above the faders, and for words below them. */
const [LEFT, TOP, BELOW] = [36, 4, 40];
/** Knobs above the first leave no room for the large number over them, and above the second none for words below it. */
const [LOW, HIGH] = [36, 54];
/** The least distance between two faders that the eye can count. */
const LEAST = 2.6;

/** The scale above the greatest norm, for the large number over it. */
const HEADROOM = 1.4;

/** Draws three groups of faders on one linear scale. */
export function drawFaders(g: Element, {groups, most, count, onDrag, onCancel}: Faders, {frame, width, height}: Sheet) {
  const deep = height - TOP - BELOW;
  const inner = width - LEFT;
  const gap = inner * 0.04;
  const wide = (inner - 2 * gap) / 3;
  const ends = [0, HEADROOM * most] as const;
  const y = linear(ends, [deep, 0]);
  const box = layer(g, "g", "equalizer");
  attributes(box, {transform: `translate(${LEFT} ${TOP})`});
  const axis = layer(box, "g", "axis y");
  const ticks = roundTicks(...ends, 3);
  each(layer(axis, "g", "grid"), "path", ticks, (line, tick) =>
    attributes(line, {d: `M0 ${rounded(y(tick))}H${rounded(inner)}`}),
  );
  each(layer(axis, "g", "ticks"), "text", ticks, (text, tick) => {
    attributes(text, {x: -6, y: rounded(y(tick)), dy: "0.32em"});
    put(text, String(tick));
  });
  const drawn = wide / count < LEAST ? count / 4 : count;
  join(layer(box, "g", "each"), "g", groups, {name: "faders"}, (one, group, i) => {
    attributes(one, {transform: `translate(${rounded(i * (wide + gap))} 0)`});
    paint(one, {tone: group.tone});
    one.toggleAttribute("data-pale", !!group.isPale);
    attributes(layer(one, "rect", "ground"), {y: -TOP, width: rounded(wide), height: rounded(deep + TOP), rx: 4});
    drawBars(one, group, {wide, deep, y, drawn});
    const words = [
      {kind: "name", at: deep + 17, text: frame === "wide" ? group.name.join("") : group.name[0]},
      {kind: "said", at: deep + 34, text: group.said},
      ...answerOf(group, y(group.level), frame),
    ];
    texts(
      layer(one, "g", "mark-text"),
      words.map(({kind, text, at}) => ({kind, text, at: [wide / 2, at], anchor: "middle"})),
    );
    const [field] = children(layer(one, "g", "reached"), "rect", group.tone === "dw" && onDrag ? ["field"] : []);
    if (!field || !onDrag) return;
    attributes(field, {y: -TOP, width: rounded(wide), height: rounded(deep + TOP)});
    drags(field, one, {onDrag: (_, at) => onDrag(y.invert(at)), onCancel});
  });
}

/** The large number above the knobs, and what it counts, as far as there is room. */
function answerOf({answer}: FaderGroup, knobs: number, frame: Sheet["frame"]) {
  if (!answer || knobs < LOW) return [];
  const number = {kind: "answer", text: answer.number};
  if (knobs < HIGH) return [{...number, at: knobs - 14}];
  return [
    {...number, at: knobs - 32},
    {kind: "plain", at: knobs - 14, text: answer.of[frame === "wide" ? 0 : 1]},
  ];
}

/** The size of a group, its scale, and how many faders are drawn. */
interface Scaled {
  wide: number;
  deep: number;
  y(value: number): number;
  drawn: number;
}

/** Draws, as one path each, the tracks of the faders, their slate parts and what is added; then the knobs. */
function drawBars(g: Element, {level, base, answer}: FaderGroup, {wide, deep, y, drawn}: Scaled) {
  const step = wide / drawn;
  const isFew = step > 12;
  const places = Array.from({length: drawn}, (_, i) => rounded((i + 0.5) * step));
  const path = (name: string, from: number, to: number, thick: number) =>
    attributes(layer(g, "path", name), {
      d: from > to ? places.map((x) => `M${x} ${rounded(from)}V${rounded(to)}`).join("") : "",
      "stroke-width": rounded(thick),
    });
  const thick = isFew ? Math.min(step / 5, 9) : step * 0.6;
  // Not through the number.
  path("way", deep, answer ? y(level) : 0, isFew ? 1 : 0);
  path("base", deep, y(Math.min(base, level)), thick);
  path("added", y(base), y(level), thick);
  const knob = isFew ? Math.min(step * 0.5, 26) : wide;
  // Their upper edge is the level, and none looks higher than it is.
  const at = rounded(y(level));
  const tall = rounded(Math.max(1, Math.min(10, deep - y(level))));
  const xs = isFew ? places.map((x) => x - knob / 2) : [0];
  attributes(layer(g, "path", "knobs"), {
    d: xs.map((x) => `M${rounded(x)} ${at}h${rounded(knob)}v${tall}h${rounded(-knob)}z`).join(""),
  });
}
