import {z} from "astro/zod";
import data from "../../../content/cards.json" with {type: "json"};
import {quantity} from "../../site/marks/quantity.ts";
import {cell, numberText, paperNumber} from "../paper/paper.ts";
import {bloomLevels} from "../quiz/questions.ts";
import {reference, shortCitation, workAddress} from "../works/references.ts";

/** The groups of cards, in the order of the chapter. */
export const cardGroups = ["mechanism", "evidence", "comparison", "practice"] as const;

/** A number of the paper that a text refers to as {{key}}: a headline number, a cell of a table, or the spread of a cell. */
const value = z.union([
  z.strictObject({num: z.string().min(1), part: z.string().optional()}),
  z.strictObject({
    table: z.string().min(1),
    row: z.record(z.string(), z.union([z.string(), z.number()])),
    col: z.string().min(1),
    spread: z.literal(true).optional(),
  }),
]);

/** An interview question: its answer in a line and in a paragraph, and a question that follows. */
export const interviewCardSchema = z.strictObject({
  id: z.string().regex(/^c-[a-z0-9-]+$/),
  group: z.enum(cardGroups),
  /** The slug of the chapter that explains the answer. */
  chapter: z.string().min(1),
  bloom: z.enum(bloomLevels),
  /** Where the paper gives the answer: "§4.1", or "not …". */
  paper: z.string().min(1),
  /** Keys of further works that support the answer. */
  works: z.array(z.string()).default([]),
  /** A figure in a state that shows the answer. */
  see: z
    .strictObject({
      widget: z.string().min(1),
      params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    })
    .optional(),
  question: z.string().min(1),
  line: z.string().min(1),
  paragraph: z.string().min(1),
  next: z.strictObject({question: z.string().min(1), answer: z.string().min(1)}),
  values: z.record(z.string(), value).default({}),
});

const fileSchema = z.strictObject({
  /** The day of the last change to any card or question. A deck with a later day updates the notes of an earlier one in Anki. */
  edition: z.iso.date(),
  cards: z.array(interviewCardSchema).min(12),
});

export type InterviewCard = z.infer<typeof interviewCardSchema>;

/** A place in a text for one of the card's values. */
const PLACEHOLDER = /\{\{([a-z0-9]+)\}\}/gi;

/** A number of the paper as text. Throws when the paper does not print it. */
function valueText(place: z.infer<typeof value>): string {
  if ("num" in place) return numberText(paperNumber(place.num), place.part);
  const {value: printed, spread, column} = cell(place.table, place.row, place.col);
  const one = place.spread ? spread : printed;
  if (one === undefined) throw new Error(`${place.table} prints no spread in column ${place.col}`);
  // A spread is in points; with a % sign it would read as a share.
  return typeof one === "number" ? quantity(one, place.spread ? "" : column.unit, column.decimals) : one;
}

/** The card with the paper's numbers filled in. Throws for a key without a value, or a value that no text uses. */
export function fillCard(card: InterviewCard): InterviewCard {
  const used = new Set<string>();
  const fill = (text: string) =>
    text.replace(PLACEHOLDER, (_, key: string) => {
      const cardValue = Object.hasOwn(card.values, key) ? card.values[key] : undefined;
      if (!cardValue)
        throw new Error(
          `content/cards.json: ${card.id} names {{${key}}}; its values are ${Object.keys(card.values).join(", ")}`,
        );
      used.add(key);
      return valueText(cardValue);
    });
  const {question, line, paragraph, next} = card;
  const filledCard = {
    ...card,
    question: fill(question),
    line: fill(line),
    paragraph: fill(paragraph),
    next: {question: fill(next.question), answer: fill(next.answer)},
  };
  const unused = Object.keys(card.values).filter((key) => !used.has(key));
  if (unused.length) throw new Error(`content/cards.json: no text of ${card.id} names ${unused.join(", ")}`);
  return filledCard;
}

/** The further works of a card, each with its short name and its address. */
export const worksOf = ({works}: InterviewCard): readonly {name: string; url?: string}[] =>
  works.map((key) => ({name: shortCitation(reference(key)), url: workAddress(reference(key))?.url}));

/** Reads the file with all cards. Throws when a card breaks the schema, or two share an id. */
function readCards(): z.infer<typeof fileSchema> {
  const {data: file, error} = fileSchema.safeParse(data);
  if (!file) throw new Error(`content/cards.json: ${z.prettifyError(error)}`);
  const ids = new Set<string>();
  for (const {id} of file.cards) {
    if (ids.has(id))
      throw new Error(`content/cards.json: two cards are called ${id}; an id is given once and never again`);
    ids.add(id);
  }
  return file;
}

const cardFile = readCards();

/** The day of the last change to any card or question, which dates the Anki deck. */
export const {edition} = cardFile;

/** All interview cards, with the paper's numbers filled in. */
export const interviewCards: readonly InterviewCard[] = cardFile.cards.map(fillCard);
