import {capital, counted, fixed, lettersInDoubt, percent, whole} from "../../figure/plot/text/format.ts";
import type {Readout, Table} from "../../figure/widget.ts";
import type {QuestionParams} from "./controls.ts";
import {lifted, mostMoved, pushesAt, type QuestionResult, share, TOKEN_NAMES} from "./readings.ts";

/** "After “emi”", or what is said of the place before the first letter. */
export const where = (word: string, at: number): string =>
  at === 0 ? "Before the first letter" : `After “${word.slice(0, at)}”`;

export const replyText = (reply: number): string => fixed(reply, 1);
export const pushText = (push: number): string => `${push < 0 ? "" : "+"}${fixed(push, 2)}`;

/** The outcome at the chosen place: "ending the word goes from 5.1% to 55%". */
function outcome(result: QuestionResult): string {
  const {before, after, at} = result;
  const token = mostMoved(result);
  const [from, to] = [before[at]![token]!, after[at]![token]!];
  const named = token === 0 ? "ending the word there" : `“${TOKEN_NAMES[token]}” as the next letter`;
  return `${named} goes from ${percent(from)} to ${percent(to)}`;
}

const ends = (values: readonly number[]): [low: string, high: string] => [
  fixed(Math.min(...values), 2),
  fixed(Math.max(...values), 2),
];

/** "0.87–0.91" */
export const between = (values: readonly number[]): string => ends(values).join("–");

export function says(result: QuestionResult, {runs}: QuestionParams): string {
  const {word, at, run, agreement} = result;
  if (runs === "one") return `${where(word, at)} the reply is ${replyText(run.replies[at]!)}, and ${outcome(result)}.`;
  const [low, high] = ends(agreement.questions);
  return `Before training, no two questions had a cosine above ${ends(agreement.start)[1]}. Now every pair has ${low} to ${high}: the runs found nearly the same question.`;
}

export function summary(result: QuestionResult, params: QuestionParams): string {
  const {word, at, run, runs, agreement} = result;
  if (params.runs === "five") {
    const [low, high] = ends(agreement.questions);
    const [least, most] = ends(agreement.answers);
    const replies = runs.map(({replies}) => replyText(replies[at]!)).join(", ");
    return `${where(word, at)} the five replies are ${replies}. Their questions began with a cosine of ${ends(agreement.start)[1]} at most and end with ${low} to ${high}, their answers with ${least} to ${most}.`;
  }
  const pushes = pushesAt(run, at);
  const [first, second, third] = lifted(result).map((token) => `${fixed(pushes[token]!, 2)} to ${TOKEN_NAMES[token]}`);
  return `${where(word, at)} the reply a·x is ${replyText(run.replies[at]!)}, so the answer b adds ${first}, ${second} and ${third}, before the final normalization. ${capital(outcome(result))}.`;
}

export function readouts(result: QuestionResult, {runs}: QuestionParams): Readout[] {
  const {run, at, before, after, losses, agreement, lengths} = result;
  const doubt = {
    label: ["Letters in doubt"],
    value: fixed(lettersInDoubt(run.loss), 1),
    note: `on names it never saw; ${fixed(lettersInDoubt(losses.base), 1)} without the adapter`,
  };
  const gain = {
    label: ["Share of the gain"],
    value: percent(share(result)),
    note: "of what training every parameter gains, in nats",
  };
  if (runs === "five") {
    const spread = result.runs.map(({loss}) => fixed(loss, 3)).toSorted();
    return [
      {label: ["Questions agree"], value: between(agreement.questions), note: "|cosine| of a, each pair of runs"},
      {label: ["Answers agree"], value: between(agreement.answers), note: "|cosine| of b"},
      {label: ["Before training"], value: between(agreement.start), note: "|cosine| of a as it was drawn"},
      {label: ["Losses"], value: `${spread[0]}–${spread.at(-1)}`, note: "nats a letter, held-out names"},
    ];
  }
  return [
    {label: ["Reply"], value: replyText(run.replies[at]!), note: "a·x at this place, exact"},
    {label: ["Ending here"], value: percent(after[at]![0]!), note: `${percent(before[at]![0]!)} without the adapter`},
    {
      label: ["The norm divides by"],
      value: fixed(run.lengths[at]!, 2),
      note: `${fixed(lengths[at]!, 2)} without the adapter`,
    },
    doubt,
    gain,
  ];
}

export function table(result: QuestionResult, params: QuestionParams): Table {
  const {word, at, run, runs, before, after, order} = result;
  if (params.runs === "five")
    return {
      caption: `All five runs: what the answer adds to each score for a reply of one, before the final norm; then the replies`,
      columns: ["Row", ...runs.map(({seed}) => `Seed ${seed}`)],
      rows: [
        ...order.map((token) => [TOKEN_NAMES[token]!, ...runs.map(({answer}) => pushText(answer[token]!))]),
        ...run.replies.map((_, i) => [where(word, i), ...runs.map(({replies}) => replyText(replies[i]!))]),
      ],
    };
  const pushes = pushesAt(run, at);
  return {
    caption: `${where(word, at)}: each letter’s push before the final norm, and its chance; then the reply at every place`,
    columns: ["Row", "Push", "Chance before", "Chance after", "Reply"],
    rows: [
      ...order.map((token) => [
        TOKEN_NAMES[token]!,
        pushText(pushes[token]!),
        percent(before[at]![token]!),
        percent(after[at]![token]!),
        "",
      ]),
      ...run.replies.map((reply, i) => [where(word, i), "", "", "", replyText(reply)]),
    ],
  };
}

/** For screen readers. */
export const questionAlt = ({word, run, at, order}: QuestionResult): string =>
  `Bars of a·x after each of ${counted(word.length, "letter")}; the chosen one is ${replyText(run.replies[at]!)}. Below each, the same ${whole(order.length)} pushes, longer or shorter.`;
