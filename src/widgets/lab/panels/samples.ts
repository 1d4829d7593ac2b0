import type {Room} from "../../../figures/room.ts";
import {whole} from "../../../figures/text/format.ts";
import type {LabParams} from "../controls.ts";
import {type Item, type Line, morph} from "../figures/morph.ts";
import {scored} from "../format.ts";
import {type LabResult, rowsOf} from "../readings.ts";
import type {Sample} from "../snapshot.ts";

/** An answer with its wrong digits marked. */
const answerItem = (text: string, due: string): Item => ({
  pieces: Array.from(text, (digit, i) => ({text: digit, ...(digit === due[i] ? {} : {mark: "wrong"})})),
  sign: text === due ? " ✓" : " ✗",
});

const wordItem = ({text, isHit}: Sample): Item => ({
  pieces: [{text: text || "–", ...(isHit ? {mark: "known"} : {})}],
});

const plainItem = (text: string): Item => ({pieces: [{text}]});

/** Rows of a card. */
const MOST_ROWS = 4;

/** What the model writes, step by step. */
export function samples(box: Element, result: LabResult, {task}: LabParams, room: Room) {
  const {setup, now} = result;
  const {questions} = setup;
  // A card has room for some words of some steps.
  const isFull = room.size === "full";
  const most = isFull ? Number.POSITIVE_INFINITY : questions ? 3 : room.size === "dock" ? 4 : 5;
  const rows = rowsOf(result);
  const shown = isFull || rows.length <= MOST_ROWS ? rows : [rows[0]!, ...rows.slice(1 - MOST_ROWS)];
  const steps = shown.map(
    (one): Line => ({
      name: String(one.step),
      items: (questions
        ? one.samples.map(({text}, i) => answerItem(text, questions[i].due))
        : one.samples.map(wordItem)
      ).slice(0, most),
      value: scored(task, one.score),
      isNow: one === now,
    }),
  );
  const asked: Line[] = questions
    ? [
        {name: "in", items: questions.slice(0, most).map(({input}) => plainItem(input)), value: ""},
        {name: "due", items: questions.slice(0, most).map(({due}) => plainItem(due)), value: ""},
      ]
    : [];
  morph(box, [...asked, ...steps], {
    caption: questions ? "What it answers" : "What it writes, with the same random numbers at every step",
    columns: ["Step", questions ? "Answers" : "Words", questions ? "exact" : "nats"],
    aligned: !!questions,
    foot: !isFull
      ? ""
      : questions
        ? `Right: the share of ${whole(setup.fresh)} fresh inputs answered without a mistake. Wrong digits are crossed out.`
        : `Only the weights differ from row to row. Right: nats a letter on ${whole(setup.fresh)} words it never saw. Underlined: a word of its training list.`,
  });
}
