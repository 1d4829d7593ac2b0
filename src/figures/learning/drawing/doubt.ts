/** The curve of letters in doubt, above the axis on which a reader chooses a step. */
import {attributes, each, listen} from "../../../figure/plot/children.ts";
import {dragHandle} from "../../../figure/plot/dragHandle.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {dot, lineY} from "../../../figure/plot/marks.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {drawPlot} from "../../../figure/plot/plot.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {shapePath} from "../../../figure/plot/shapes.ts";
import {fixed} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {texts} from "../../../figure/plot/text/texts.ts";

interface Point {
  step: number;
  doubt: number;
}

interface Doubt {
  curve: readonly Point[];
  now: Point;
  last: number;
  /** Steps that are written on the axis, and steps with a tick only. */
  stops: readonly number[];
  ticks: readonly number[];
  /** The place of a step along the axis, and the step at a place. */
  placeOf(step: number): number;
  stepAt(place: number): number;
  onStep(step: number): void;
}

/** Room left and right of the axis for its knob, and between the curve and the axis. */
const [SIDES, OVER] = [18, 22];
/** The radius of the knob. */
const R = 15;
/** So wide is the number that is the answer, with the space beside it, and so wide it is with its words. */
const [NUMBER, SAID] = [68, 160];
/** From a point of the curve up to the number over it. */
const RISE = 12;
const PLAY = "M-4.5 -7L7.5 0L-4.5 7z";
const PAUSE = "M-5.5 -6h4v12h-4zM1.5 -6h4v12h-4z";
/** A press that moves no farther than this counts as a press, not as a drag. */
const STILL = 3;

/** By how many steps keys move the knob. */
const jumps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
  Home: -Infinity,
  End: Infinity,
};

/** Presses the figure's own button. */
const togglePlay = (g: Element) => g.closest("figure")?.querySelector<HTMLElement>("[data-do=play]")?.click();

/** The knob: dragged it chooses a step, pressed it plays. */
function drawKnob(g: Element, {now, last, placeOf, stepAt, onStep}: Doubt, at: (step: number) => number) {
  const knob = layer(g, "g", "knob");
  attributes(knob, {
    transform: `translate(${rounded(at(now.step))} 0)`,
    tabindex: 0,
    role: "slider",
    "aria-label": "Step; Enter plays",
    "aria-valuemin": 0,
    "aria-valuemax": last,
    "aria-valuenow": now.step,
    "aria-valuetext": `step ${now.step} of ${last}, ${fixed(now.doubt, 1)} letters in doubt`,
  });
  attributes(layer(knob, "circle", "handle"), {r: R});
  attributes(layer(knob, "path", "plays"), {d: PLAY});
  attributes(layer(knob, "path", "pauses"), {d: PAUSE});
  const length = at(last) - at(0);
  dragHandle<number>(knob, g, {
    from: () => placeOf(now.step),
    onPull: (from, dx) => Math.abs(dx) > STILL && onStep(stepAt(from + (dx / length) * placeOf(last))),
    onDrop: (_, dx) => Math.abs(dx) <= STILL && togglePlay(g),
    onCancel: (from) => onStep(stepAt(from)),
  });
  listen(knob, "keydown", (event) => {
    const {key, altKey, ctrlKey, metaKey} = event as KeyboardEvent;
    if (altKey || ctrlKey || metaKey) return;
    const by = jumps[key];
    if (by !== undefined) onStep(Math.min(Math.max(now.step + by, 0), last));
    else if (key === "Enter" || key === " ") togglePlay(g);
    else return;
    event.preventDefault();
  });
}

/** The axis with its steps and ticks, in ink up to the knob. A click on it chooses a step. */
function drawAxis(g: Element, doubt: Doubt, at: (step: number) => number, isWide: boolean) {
  const {now, last, stops, ticks, stepAt, placeOf, onStep} = doubt;
  const [left, right] = [at(0), at(last)];
  attributes(layer(g, "path", "track"), {d: `M${rounded(left)} 0H${rounded(right)}`});
  attributes(layer(g, "path", "passed"), {d: `M${rounded(left)} 0H${rounded(at(now.step))}`});
  attributes(layer(g, "path", "ticks"), {d: ticks.map((step) => `M${rounded(at(step))} 4v5`).join("")});
  const lane = layer(g, "rect", "lane");
  attributes(lane, {x: rounded(left - SIDES), y: -R, width: rounded(right - left + 2 * SIDES), height: 2 * R + 20});
  each(layer(g, "g", "stops"), "g", stops, (stop, step) => {
    attributes(stop, {transform: `translate(${rounded(at(step))} 0)`, "data-now": step === now.step ? "" : null});
    attributes(layer(stop, "path", "ring"), {d: shapePath("circle", [0, 0], 5)});
    label(stop, "name", step, {x: 0, y: 32, anchor: "middle"});
  });
  texts(
    layer(g, "g", "minor"),
    (isWide ? ticks : []).map((step) => ({at: [at(step), 32] as const, text: String(step), anchor: "middle" as const})),
  );
  const [from, to] = isWide ? [0, 1] : [1, 5];
  label(g, "unit", "steps, log", {x: (at(from) + at(to)) / 2, y: 32, anchor: "middle"});
  listen(lane, "click", (event) => {
    const box = lane.getBoundingClientRect();
    const share = ((event as MouseEvent).clientX - box.left) / box.width;
    const along = share * (right - left + 2 * SIDES) - SIDES;
    onStep(stepAt((along / (right - left)) * placeOf(last)));
  });
}

/** What the curve has at a place, on the line between its points. */
function curveAt(curve: readonly Point[], x: number, at: (step: number) => number): number {
  const next = Math.max(
    curve.findIndex(({step}) => at(step) >= x),
    1,
  );
  const [low, high] = [curve[next - 1]!, curve[next] ?? curve[next - 1]!];
  const share = Math.min(Math.max((x - at(low.step)) / (at(high.step) - at(low.step) || 1), 0), 1);
  return low.doubt + share * (high.doubt - low.doubt);
}

export function drawDoubt(g: Element, doubt: Doubt, {frame, width, height}: Sheet) {
  const {curve, now, last, placeOf} = doubt;
  const low = height - 36;
  const x = ({step}: Point) => placeOf(step);
  const past = [...curve.filter(({step}) => step < now.step), now];
  const chart = layer(g, "g", "curve");
  const ground = drawPlot(
    chart,
    {
      alt: "",
      x: {domain: [0, placeOf(last)], ticks: []},
      // Room for the number over the highest point.
      y: {domain: [8, 18], ticks: []},
      marks: [
        lineY(curve, {x, y: ({doubt}) => doubt, tone: "dw", strength: 1}),
        lineY(past, {x, y: ({doubt}) => doubt, tone: "dw", strength: 3}),
        dot([now], {x, y: ({doubt}) => doubt, tone: "dw", hollow: true, r: 5}),
      ],
      marginLeft: SIDES,
      marginRight: SIDES,
      insetTop: 4,
    },
    width,
    low - OVER + 24,
  );
  const at = (step: number) => SIDES + (placeOf(step) / placeOf(last)) * (width - 2 * SIDES);
  const axis = group(g, "lane-axis", 0, low);
  drawAxis(axis, doubt, at, frame === "wide");
  drawKnob(axis, doubt, at);
  // Over the point, or late, when the words are at its left, over the curve where they begin; and over the curve's two ends.
  const here = at(now.step);
  const isLate = here > width - SAID - SIDES;
  const over = (doubt: number) => ground.top + ground.y(doubt) - RISE;
  const high = over(isLate ? curveAt(curve, here - SAID, at) : now.doubt);
  const said = layer(g, "g", "mark-text");
  const anchor = isLate ? "end" : "start";
  const [from, beside] = isLate ? [here + SIDES, here + SIDES - NUMBER] : [here - SIDES, here - SIDES + NUMBER];
  label(said, "answer", fixed(now.doubt, 1), {x: from, y: high, anchor});
  label(said, "plain", "letters in doubt", {x: beside, y: high, anchor});
  const [first, end] = [curve[0]!, curve.at(-1)!];
  label(said, "began", here > SAID ? fixed(first.doubt, 1) : "", {x: 0, y: over(first.doubt)});
  const isThere = end.step === last && !isLate;
  label(said, "ends", isThere ? fixed(end.doubt, 1) : "", {x: width - 2, y: over(end.doubt), anchor: "end"});
}
