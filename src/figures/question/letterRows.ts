/** A row for each letter: the push on its score, and how its probability changes. */
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import {barX} from "../../figure/plot/marks.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {drawPlot} from "../../figure/plot/plot.ts";
import {label} from "../../figure/plot/text/label.ts";
import {mostMoved, pushesAt, type QuestionResult, TOKEN_NAMES} from "./readings.ts";

/** Rows of a card. */
const CARD_ROWS = 5;
/** Height of the captions. */
const TITLE = 18;
/** Room for "< 1 → 55%", and for the same in large letters. */
const [CHANCE_WIDTH, LOUD_WIDTH] = [78, 156];

/** The tokens of the rows, the one with the largest push first: at full size all, on a card the one that the sentence names and the likeliest others. */
function rowTokens(result: QuestionResult, isFull: boolean): readonly number[] {
  const {order, before, after, at} = result;
  if (isFull) return order;
  const namedToken = mostMoved(result);
  const rankOf = (token: number) => (token === namedToken ? 1 : Math.max(before[at]![token]!, after[at]![token]!));
  const cardTokens = order.toSorted((one, other) => rankOf(other) - rankOf(one)).slice(0, CARD_ROWS);
  return order.filter((token) => cardTokens.includes(token));
}

const percentText = (chance: number): string => (chance < 0.005 ? "< 1" : String(Math.round(chance * 100)));

/** Draws the rows of a card, or all of them. */
export function letterRows(g: Element, {width, height}: Sheet, result: QuestionResult, isFull: boolean) {
  const {run, before, after, at} = result;
  const tokens = rowTokens(result, isFull);
  const pushes = pushesAt(run, at);
  const [from, to] = [before[at]!, after[at]!];
  // One scale for all positions of the word, so that the bars are longer where a·x is larger.
  const all = run.loudness.flatMap((_, i) => pushesAt(run, i));
  const chanceText = (token: number): string => {
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
        rows: tokens.map((token) => ({name: TOKEN_NAMES[token]!, valueText: chanceText(token)})),
        ...(!isFull && {chosen: tokens.indexOf(mostMoved(result)), loud: tokens.indexOf(mostMoved(result))}),
      },
      marks: [
        barX(tokens, {
          x: (token) => pushes[token],
          y: (_, row) => row,
          tone: "dw",
          kind: "push",
          glides: true,
          title: (token) => `${TOKEN_NAMES[token]}: ${pushes[token]!.toFixed(2)}`,
        }),
      ],
      marginRight: isFull ? CHANCE_WIDTH : LOUD_WIDTH,
    },
    width,
    height - TITLE,
  );
  label(g, "of-pushes", "push on its score", {x: 26, y: 12});
  label(g, "of-chances", "its chance", {x: width, y: 12, anchor: "end"});
}
