/** Norms drawn as faders of an equalizer: one fader for each set of directions. */
import {ticks as roundTicks} from "d3";
import {linearScale} from "../../../figure/plot/axes/scales.ts";
import {attributes, children, each, join} from "../../../figure/plot/children.ts";
import {listenToDrags} from "../../../figure/plot/drags.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {paint, type Tone} from "../../../figure/plot/marks.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {texts} from "../../../figure/plot/text/texts.ts";

/** The fader of a set of directions: its height is one norm, of all the directions together. */
export interface Fader {
  tone: Tone;
  /** Its name, and what is added to it where there is room. */
  name: readonly [name: string, more: string];
  normText: string;
  /** The norm at its knob, and the one up to which its bar is slate. */
  level: number;
  base: number;
  /** Above the knob, where there is room: a large number, and what it counts, in more words and in fewer. */
  answer?: {number: string; of: readonly [long: string, short: string]};
  /** The sentence is about another fader. */
  isPale?: boolean;
}

interface FaderOptions {
  faders: readonly Fader[];
  /** The largest norm that a fader can show. */
  maxNorm: number;
  /** Called with the norm to which the reader drags the fader of ΔW, if it can be dragged. */
  onDrag?(norm: number): void;
  /** Called when a drag is broken off. */
  onCancel(): void;
}

/** Room for the axis at the left, above the faders, and for words below them. */
const [LEFT, TOP, BELOW] = [36, 4, 40];
/** The distance between faders, as a share of the width beside the axis; and the largest widths of a bar and a knob, in units. */
const [GAP_SHARE, MAX_BAR_WIDTH, MAX_KNOB_WIDTH] = [0.04, 26, 76];
/** The height of a knob in units; on a low bar it is less. */
const KNOB_HEIGHT = 10;
/** A knob must be this far from the top for the large number above it, and this far for words below the number. */
const [ROOM_FOR_NUMBER, ROOM_FOR_WORDS] = [36, 54];
/** The end of the scale as a multiple of the largest norm, so that there is room for the large number. */
const HEADROOM = 1.4;

/** Draws the faders side by side on one linear scale. */
export function drawFaders(g: Element, options: FaderOptions, {frame, width, height}: Sheet) {
  const {faders, maxNorm, onDrag, onCancel} = options;
  const trackHeight = height - TOP - BELOW;
  const innerWidth = width - LEFT;
  const gap = GAP_SHARE * innerWidth;
  const faderWidth = (innerWidth - (faders.length - 1) * gap) / faders.length;
  const domain = [0, HEADROOM * maxNorm] as const;
  const y = linearScale(domain, [trackHeight, 0]);
  const box = layer(g, "g", "equalizer");
  attributes(box, {transform: `translate(${LEFT} ${TOP})`});
  drawAxis(layer(box, "g", "axis y"), roundTicks(...domain, 3), y, innerWidth);
  const ground = {y: -TOP, width: rounded(faderWidth), height: rounded(trackHeight + TOP)};
  join(layer(box, "g", "each"), "g", faders, {name: "faders"}, (group, fader, i) => {
    attributes(group, {transform: `translate(${rounded(i * (faderWidth + gap))} 0)`});
    paint(group, {tone: fader.tone});
    group.toggleAttribute("data-pale", !!fader.isPale);
    attributes(layer(group, "rect", "ground"), {...ground, rx: 4});
    drawBar(group, fader, {width: faderWidth, height: trackHeight, y});
    const lines = [
      {kind: "name", y: trackHeight + 17, text: frame === "wide" ? fader.name.join("") : fader.name[0]},
      {kind: "norm", y: trackHeight + 34, text: fader.normText},
      ...answerLines(fader, y(fader.level), frame),
    ];
    texts(
      layer(group, "g", "mark-text"),
      lines.map(({kind, text, y}) => ({kind, text, at: [faderWidth / 2, y], anchor: "middle"})),
    );
    const [field] = children(layer(group, "g", "reached"), "rect", fader.tone === "dw" && onDrag ? ["field"] : []);
    if (!field || !onDrag) return;
    attributes(field, ground);
    listenToDrags(field, group, {onDrag: (_, dragY) => onDrag(y.invert(dragY)), onCancel});
  });
}

/** Draws the numbers of the axis, with a line across at each. */
function drawAxis(axis: Element, ticks: readonly number[], y: (value: number) => number, width: number) {
  each(layer(axis, "g", "grid"), "path", ticks, (line, tick) =>
    attributes(line, {d: `M0 ${rounded(y(tick))}H${rounded(width)}`}),
  );
  each(layer(axis, "g", "ticks"), "text", ticks, (text, tick) => {
    attributes(text, {x: -6, y: rounded(y(tick)), dy: "0.32em"});
    put(text, String(tick));
  });
}

/** The large number above a knob at `knobY`, and what it counts; each only if there is room. */
function answerLines({answer}: Fader, knobY: number, frame: Sheet["frame"]) {
  if (!answer || knobY < ROOM_FOR_NUMBER) return [];
  if (knobY < ROOM_FOR_WORDS) return [{kind: "answer", text: answer.number, y: knobY - 14}];
  return [
    {kind: "answer", text: answer.number, y: knobY - 32},
    {kind: "plain", text: answer.of[frame === "wide" ? 0 : 1], y: knobY - 14},
  ];
}

/** Draws a fader: its track, the slate part of its bar, what ΔW adds to it, and the knob, whose upper edge is the level. */
function drawBar(
  g: Element,
  {level, base, answer}: Fader,
  {width, height, y}: {width: number; height: number; y(value: number): number},
) {
  const barWidth = Math.min(0.2 * width, MAX_BAR_WIDTH);
  const line = (name: string, from: number, to: number, strokeWidth: number) =>
    attributes(layer(g, "path", name), {
      d: from > to ? `M${rounded(width / 2)} ${rounded(from)}V${rounded(to)}` : "",
      "stroke-width": rounded(strokeWidth),
    });
  // A large number stands above the knob, so the track ends there.
  line("track", height, answer ? y(level) : 0, 1);
  line("base", height, y(Math.min(base, level)), barWidth);
  line("added", y(base), y(level), barWidth);
  const knobWidth = Math.min(0.6 * width, MAX_KNOB_WIDTH);
  const knobHeight = rounded(Math.max(1, Math.min(KNOB_HEIGHT, height - y(level))));
  attributes(layer(g, "path", "knob"), {
    d: `M${rounded((width - knobWidth) / 2)} ${rounded(y(level))}h${rounded(knobWidth)}v${knobHeight}h${rounded(-knobWidth)}z`,
  });
}
