import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import {barX} from "../../figure/plot/marks.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {drawPlot} from "../../figure/plot/plot.ts";
import {label} from "../../figure/plot/text/label.ts";
import {mostMoved, pushesAt, type QuestionResult, TOKEN_NAMES} from "./readings.ts";

/** Tokens of a card that are lifted most, and least. */
const [FIRST, LAST] = [9, 4];
/** The line of words over the rows. */
const TITLE = 18;
/** Room for "< 1 → 55%". */
const SAID = 78;

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

/** One row for each letter: how far it is pushed, and at its end how that changes the chance that it comes next. */
export function letterRows(g: Element, {width, height}: Sheet, result: QuestionResult, isFull: boolean) {
  const {run, before, after, at} = result;
  const tokens = rowsOf(result, isFull);
  const shown = tokens.flatMap((token, row) => (token === undefined ? [] : [{token, row}]));
  const pushes = pushesAt(run, at);
  const [from, to] = [before[at]!, after[at]!];
  // The most that any place of this word is pushed: so the whole column grows and shrinks with how loud the place is.
  const all = run.replies.flatMap((_, i) => pushesAt(run, i));
  const said = (token: number): string => {
    const [was, is] = [rounding(from[token]!), rounding(to[token]!)];
    return was === is ? `${is}%` : `${was} → ${is}%`;
  };
  drawPlot(
    layer(group(g, "pushes", 0, TITLE), "g", "rows-of"),
    {
      alt: "",
      x: {domain: [Math.min(0, ...all), Math.max(0.001, ...all)], ticks: [0], tickFormat: () => ""},
      y: {
        type: "rows",
        rows: tokens.map((token, i) => {
          const name = token === undefined ? "⋯" : TOKEN_NAMES[token]!;
          return {name, said: token === undefined ? "" : said(token), key: `${i}${name}`};
        }),
      },
      marks: [
        barX(shown, {
          ...{x: ({token}) => pushes[token], y: ({row}) => row, tone: "dw", kind: "push", glides: true},
          title: ({token}) => `${TOKEN_NAMES[token]}: ${pushes[token]!.toFixed(2)}`,
        }),
      ],
      marginRight: SAID,
    },
    width,
    height - TITLE,
  );
  label(g, "of-pushes", "push on its score", {x: 26, y: 12});
  label(g, "of-chances", "its chance", {x: width, y: 12, anchor: "end"});
}
