/** A row for each letter: the push on its score, and how its probability changes. */
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import {barX} from "../../figure/plot/marks.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {drawPlot} from "../../figure/plot/plot.ts";
import {label} from "../../figure/plot/text/label.ts";
import {mostMoved, pushesAt, type QuestionResult, TOKEN_NAMES} from "./readings.ts";

/** Rows of a card with the largest pushes, and with the smallest. */
const [FIRST, LAST] = [9, 4];
/** Height of the captions. */
const TITLE = 18;
/** Room for "< 1 → 55%". */
const CHANCE_WIDTH = 78;

/**
 * The tokens of the rows, undefined for a gap. At full size all tokens in their order; on a card those with the largest and the
 * smallest pushes, always with the token that the sentence names, and always as many rows.
 */
function rowTokens(result: QuestionResult, isFull: boolean): readonly (number | undefined)[] {
  const {order} = result;
  if (isFull) return order;
  const named = mostMoved(result);
  const at = order.indexOf(named);
  if (at < FIRST || at >= order.length - LAST) return [...order.slice(0, FIRST + 1), undefined, ...order.slice(-LAST)];
  return [...order.slice(0, FIRST - 1), undefined, named, undefined, ...order.slice(1 - LAST)];
}

const percentText = (chance: number): string => (chance < 0.005 ? "< 1" : String(Math.round(chance * 100)));

/** Draws the rows of a card, or all of them. */
export function letterRows(g: Element, {width, height}: Sheet, result: QuestionResult, isFull: boolean) {
  const {run, before, after, at} = result;
  const tokens = rowTokens(result, isFull);
  const shown = tokens.flatMap((token, row) => (token === undefined ? [] : [{token, row}]));
  const pushes = pushesAt(run, at);
  const [from, to] = [before[at]!, after[at]!];
  // One scale for all positions of the word, so that the bars are longer where a·x is larger.
  const all = run.loudness.flatMap((_, i) => pushesAt(run, i));
  const said = (token: number): string => {
    const [was, is] = [percentText(from[token]!), percentText(to[token]!)];
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
      marginRight: CHANCE_WIDTH,
    },
    width,
    height - TITLE,
  );
  label(g, "of-pushes", "push on its score", {x: 26, y: 12});
  label(g, "of-chances", "its chance", {x: width, y: 12, anchor: "end"});
}
