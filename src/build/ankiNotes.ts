import {answerOf, shownTo} from "../components/computedText.ts";
import {escaped, inline} from "../components/inline.ts";
import {type InterviewCard, interviewCards, worksOf} from "../components/interviewCards.ts";
import {type Question, questions} from "../components/questions.ts";
import {symbols} from "./math.ts";

/** A note of the deck: both sides as HTML on one line, formulas for Anki's MathJax. */
export interface Note {
  /** Stable: a later deck finds the note of an earlier one by it. */
  guid: string;
  front: string;
  back: string;
  tags: readonly string[];
}

/** Our short commands for symbols as plain TeX, which is all that Anki knows. */
export const plainTex = (tex: string): string =>
  tex.replace(/\\s(?:dW|al|[A-Za-z])(?![A-Za-z])/g, (command) =>
    Object.hasOwn(symbols, command) ? `{${symbols[command as keyof typeof symbols][0]}}` : command,
  );

/** The inline Markdown of cards and questions as Anki shows it. */
export const ankiHtml = (text: string): string => inline(text, (tex) => `\\(${escaped(plainTex(tex))}\\)`);

/** What the deck says of a chapter. */
export interface Place {
  order: number;
  slug: string;
  title: string;
}

const small = (parts: readonly string[]) => `<p><small>${parts.map(escaped).join(" · ")}</small></p>`;

/** The last line of a back: where the site tells it, and where the paper does. Throws when there is no such chapter. */
function sourceLine(places: readonly Place[], slug: string, parts: readonly string[]): string {
  const place = places.find((one) => one.slug === slug);
  if (!place) throw new Error(`anki: there is no chapter ${slug}`);
  return small(["LoRA, live", `chapter ${place.order}, ${place.title}`, ...parts]);
}

const ofPaper = (paper: string) => (paper.startsWith("not ") ? paper : `paper: ${paper}`);

/** A card is two notes: its question, and the one that follows it. */
function ofCard(card: InterviewCard, places: readonly Place[]): Note[] {
  const {id, chapter, bloom, group, paper, question, line, paragraph, next} = card;
  const tags = [
    "lora-live",
    "lora-live::interview",
    `lora-live::${chapter}`,
    `lora-live::${group}`,
    `lora-live::${bloom}`,
  ];
  const source = sourceLine(places, chapter, [ofPaper(paper), ...worksOf(card).map(({name}) => name)]);
  return [
    {
      guid: `lora-live-${id}`,
      front: `<p>${ankiHtml(question)}</p>`,
      back: `<p><b>${ankiHtml(line)}</b></p><p>${ankiHtml(paragraph)}</p>${source}`,
      tags,
    },
    {
      guid: `lora-live-${id}-next`,
      front: `<p><small>${ankiHtml(question)}</small></p><p>${ankiHtml(next.question)}</p>`,
      back: `<p>${ankiHtml(next.answer)}</p>${source}`,
      tags,
    },
  ];
}

/** A question of the bank that its file marks for cards; kinds that have no single answer to print are left out. */
function ofQuestion(asked: Question, places: readonly Place[]): Note[] {
  if (!asked.cards || (asked.kind !== "choice" && asked.kind !== "numeric")) return [];
  const {id, chapter, bloom, prompt, paper} = asked;
  const tags = ["lora-live", "lora-live::question", `lora-live::${chapter}`, `lora-live::${bloom}`];
  const source = sourceLine(places, chapter, paper ? [ofPaper(paper)] : []);
  const sides = asked.kind === "choice" ? ofChoice(asked) : ofNumber(asked);
  return [
    {guid: `lora-live-${id}`, front: `<p>${ankiHtml(prompt)}</p>${sides.front}`, back: `${sides.back}${source}`, tags},
  ];
}

function ofChoice({options}: Extract<Question, {kind: "choice"}>): {front: string; back: string} {
  const right = options.find(({correct}) => correct)!;
  return {
    front: `<ul>${options.map(({text}) => `<li>${ankiHtml(text)}</li>`).join("")}</ul>`,
    back: `<p><b>${ankiHtml(right.text)}</b></p><p>${ankiHtml(right.why)}</p>`,
  };
}

function ofNumber({compute, tolerance, unit, why}: Extract<Question, {kind: "numeric"}>): {
  front: string;
  back: string;
} {
  return {
    front: "",
    back: `<p><b>${escaped(shownTo(answerOf(compute), tolerance, unit))}</b></p><p>${ankiHtml(why)}</p>`,
  };
}

/** Every note of the deck: interview questions first, then those of the chapters in their order. */
export const notesOf = (places: readonly Place[]): Note[] => [
  ...interviewCards.flatMap((card) => ofCard(card, places)),
  ...questions.flatMap((asked) => ofQuestion(asked, places)),
];
