import {layer} from "../../figure/plot/layer.ts";
import {barX, dot} from "../../figure/plot/marks.ts";
import {group} from "../../figure/plot/panel.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {drawPlot} from "../../figure/plot/plot.ts";
import {label} from "../../figure/plot/text/label.ts";
import {mostMoved, pushesAt, type QuestionResult, TOKEN_NAMES} from "./readings.ts";

/** Tokens of a card that are lifted most, and least. */
const [FIRST, LAST] = [9, 4];
/** How many rows have their chances written. */
const TOLD = 3;
/** The line of words over the rows. */
const TITLE = 18;
/** Between the pushes and the chances. */
const GAP = 14;

/**
 * The rows: with all of them the tokens in their order, else those that are lifted most and least, with a gap where some are
 * left out. The token that the sentence names is always among them, and the number of rows stays the same.
 */
export function rowsOf(result: QuestionResult, isFull: boolean): readonly (number | undefined)[] {
  const {order} = result;
  if (isFull) return order;
  const named = mostMoved(result);
  const at = order.indexOf(named);
  if (at < FIRST || at >= order.length - LAST) return [...order.slice(0, FIRST + 1), undefined, ...order.slice(-LAST)];
  return [...order.slice(0, FIRST - 1), undefined, named, undefined, ...order.slice(1 - LAST)];
}

const rounding = (chance: number): string => (chance < 0.005 ? "< 1" : String(Math.round(chance * 100)));

/** One row for each letter: how far the answer pushes it, and beside that the chance that it comes next. */
export function letterRows(g: Element, {width, height}: Sheet, result: QuestionResult, isFull: boolean) {
  const {run, before, after, at} = result;
  const tokens = rowsOf(result, isFull);
  const shown = tokens.flatMap((token, row) => (token === undefined ? [] : [{token, row}]));
  const pushes = pushesAt(run, at);
  const [from, to] = [before[at]!, after[at]!];
  const told = shown
    .map(({token}) => token)
    .sort((one, other) => Math.max(to[other]!, from[other]!) - Math.max(to[one]!, from[one]!))
    .slice(0, TOLD);
  const isTold = (token: number) => told.includes(token) || token === mostMoved(result);
  const names = tokens.map((token) => (token === undefined ? "⋯" : TOKEN_NAMES[token]!));
  const high = height - TITLE;
  // The most that any place of this word is pushed: so the whole column grows and shrinks with the reply.
  const all = run.replies.flatMap((_, i) => pushesAt(run, i));
  const left = Math.round(0.42 * width);
  const one = group(g, "pushes", 0, TITLE);
  drawPlot(
    layer(one, "g", "rows-of"),
    {
      alt: "",
      x: {domain: [Math.min(0, ...all), Math.max(0.001, ...all)], ticks: [0], tickFormat: () => ""},
      y: {type: "rows", rows: names.map((name, i) => ({name, said: "", key: `${i}${name}`}))},
      marks: [
        barX(shown, {
          ...{x: ({token}) => pushes[token], y: ({row}) => row, tone: "dw", kind: "push", glides: true},
          title: ({token}) => `${TOKEN_NAMES[token]}: ${pushes[token]!.toFixed(2)}`,
        }),
      ],
      marginRight: 2,
    },
    left,
    high,
  );
  label(g, "of-pushes", "reply × answer", {x: 26, y: 12});
  const other = group(g, "chances", left + GAP, TITLE);
  drawPlot(
    layer(other, "g", "rows-of"),
    {
      alt: "",
      x: {domain: [0, Math.max(...[...before, ...after].flat())], ticks: [0], tickFormat: () => ""},
      y: {
        type: "rows",
        rows: tokens.map((token, i) => ({
          name: names[i]!,
          said: token !== undefined && isTold(token) ? `${rounding(from[token]!)} → ${rounding(to[token]!)}%` : "",
          key: `${i}${names[i]}`,
        })),
      },
      marks: [
        barX(shown, {x: ({token}) => to[token], y: ({row}) => row, tone: "ink", kind: "after", glides: true}),
        dot(shown, {x: ({token}) => from[token], y: ({row}) => row, tone: "w0", kind: "before", glides: true}),
      ],
      marginRight: 78,
    },
    width - left - GAP,
    high,
  );
  label(g, "of-chances", "chance of the next letter", {x: left + GAP + 26, y: 12});
}
