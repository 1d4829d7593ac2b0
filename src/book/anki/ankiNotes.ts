import {escapeHtml} from "../../figure/export/escape.ts";
import {symbols} from "../../site/markdown/math.ts";
import {href} from "../../site/marks/href.ts";
import {inline} from "../../site/marks/inline.ts";
import {answerOf, roundedTo} from "../figure/computedText.ts";
import {resolveState} from "../figure/states.ts";
import {type Question, questions} from "../quiz/questions.ts";
import {type InterviewCard, interviewCards, worksOf} from "../review/interviewCards.ts";

/** A note of the deck. Both sides are HTML on one line, with formulas for Anki's MathJax. */
export interface AnkiNote {
  /** The same in every edition, so that importing a later deck updates the note. */
  guid: string;
  front: string;
  back: string;
  tags: readonly string[];
}

/** TeX with our own commands for symbols replaced by plain TeX, since Anki does not know them. */
export const plainTex = (tex: string): string =>
  tex.replace(/\\s(?:dW|al|[A-Za-z])(?![A-Za-z])/g, (command) =>
    Object.hasOwn(symbols, command) ? `{${symbols[command as keyof typeof symbols][0]}}` : command,
  );

/** The inline Markdown of cards and questions as HTML for Anki. */
export const ankiHtml = (text: string): string => inline(text, (tex) => `\\(${escapeHtml(plainTex(tex))}\\)`);

/** A chapter, as the deck names it. */
interface Chapter {
  order: number;
  slug: string;
  title: string;
}

/** The chapters, and the site's origin; without an origin the deck has no links. */
export interface Site {
  chapters: readonly Chapter[];
  origin?: string;
}

/** The last line of a note's back: the chapter, with a link to `path`, and further sources. Throws if there is no such chapter. */
function sourceLine({chapters, origin}: Site, slug: string, path: string, sources: readonly string[]): string {
  const chapter = chapters.find((one) => one.slug === slug);
  if (!chapter) throw new Error(`anki: there is no chapter ${slug}`);
  const text = escapeHtml(`LoRA, live: chapter ${chapter.order}, ${chapter.title}`);
  const chapterText = origin ? `<a href="${escapeHtml(origin + path)}">${text}</a>` : text;
  return `<p><small>${[chapterText, ...sources.map(escapeHtml)].join(" · ")}</small></p>`;
}

/** Where the paper says it, or that it does not. */
const paperText = (paper: string) => (paper.startsWith("not ") ? paper : `paper: ${paper}`);

/** A card gives two notes: its question and the follow-up. Both link to the figure that shows the answer, or to the chapter if there is none. */
async function cardNotes(card: InterviewCard, site: Site): Promise<AnkiNote[]> {
  const {id, chapter, bloom, group, paper, see, question, line, paragraph, next} = card;
  const tags = ["interview", chapter, group, bloom].map((tag) => `lora-live::${tag}`);
  const path = see ? (await resolveState(`the card ${id}`, see)).address : href(`chapters/${chapter}/`);
  const source = sourceLine(site, chapter, path, [paperText(paper), ...worksOf(card).map(({name}) => name)]);
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

/** The note of a question that is marked for cards, in a list. The kinds without one answer to print have none. */
function questionNotes(question: Question, site: Site): AnkiNote[] {
  if (!question.cards || (question.kind !== "choice" && question.kind !== "numeric")) return [];
  const {id, chapter, section, bloom, prompt, paper} = question;
  const tags = ["question", chapter, bloom].map((tag) => `lora-live::${tag}`);
  const source = sourceLine(site, chapter, href(`chapters/${chapter}/#${section}`), paper ? [paperText(paper)] : []);
  const {front, back} = question.kind === "choice" ? choiceSides(question) : numberSides(question);
  return [{guid: `lora-live-${id}`, front: `<p>${ankiHtml(prompt)}</p>${front}`, back: `${back}${source}`, tags}];
}

type Sides = Pick<AnkiNote, "front" | "back">;

/** The options on the front, the right one on the back. */
function choiceSides({options}: Extract<Question, {kind: "choice"}>): Sides {
  const right = options.find(({correct}) => correct)!;
  return {
    front: `<ul>${options.map(({text}) => `<li>${ankiHtml(text)}</li>`).join("")}</ul>`,
    back: `<p><b>${ankiHtml(right.text)}</b></p><p>${ankiHtml(right.why)}</p>`,
  };
}

/** The computed number on the back. */
function numberSides({compute, tolerance, unit, why}: Extract<Question, {kind: "numeric"}>): Sides {
  return {
    front: "",
    back: `<p><b>${escapeHtml(roundedTo(answerOf(compute), tolerance, unit))}</b></p><p>${ankiHtml(why)}</p>`,
  };
}

/** Every note of the deck: interview questions first, then the chapters' questions in their order. */
export async function ankiNotes(site: Site): Promise<AnkiNote[]> {
  const cards = await Promise.all(interviewCards.map((card) => cardNotes(card, site)));
  return [...cards.flat(), ...questions.flatMap((question) => questionNotes(question, site))];
}

const DECK_NAME = "LoRA, live";
const TAB = "\t";

/** A field as Anki reads it: quoted, with inner quotes doubled, if it holds a quote, a tab or a line break. */
const field = (text: string): string => (/["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * The notes as a text file for Anki 2.1.54 or later, with the headers of its manual (Importing → Text Files → File Headers). The
 * GUID column lets a later file update the notes of an earlier one. The deck has a column because only then does Anki create a
 * missing deck.
 */
export function ankiText(notes: readonly AnkiNote[]): string {
  const head = [
    "#separator:Tab",
    "#html:true",
    "#notetype:Basic",
    `#columns:${["GUID", "Deck", "Front", "Back", "Tags"].join(TAB)}`,
    "#guid column:1",
    "#deck column:2",
    "#tags column:5",
  ];
  const rows = notes.map(({guid, front, back, tags}) =>
    [guid, DECK_NAME, front, back, tags.join(" ")].map(field).join(TAB),
  );
  return `${[...head, ...rows].join("\n")}\n`;
}
