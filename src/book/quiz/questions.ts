/** The questions of the book: what each has to have, and where it is asked. */
import {z} from "astro/zod";
import {elementsOf} from "../../site/markdown/mdxElements.ts";

/** The tasks that a program can try on the word forge. forgeTasks.ts, which carries them out, is loaded only when one is tried. */
const FORGE_TASKS = ["merge", "toAdapter", "train"] as const;
export type ForgeTaskName = (typeof FORGE_TASKS)[number];

const params = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** A figure's state that shows an answer: of a figure by its number ("2.1"), or of a widget by its name. */
const state = z.union([
  z.strictObject({figure: z.string().regex(/^\d+\.\d+$/), params}),
  z.strictObject({widget: z.string().min(1), params}),
]);

/** A number from the paper's data: a headline number, or a cell of a table. */
const paperValue = z.union([
  z.strictObject({num: z.string().min(1)}),
  z.strictObject({
    table: z.string().min(1),
    row: z.record(z.string(), z.union([z.string(), z.number()])),
    col: z.string(),
  }),
]);

/** An answer computed by a function in src/book/quiz/computations.ts, so that it is never typed in. A list among `args` is a row. */
const compute = z.strictObject({
  fn: z.string().min(1),
  args: z.array(z.union([z.number(), z.array(z.number()), paperValue])),
});

/** What a question asks of its reader, lowest first (Bloom, revised): a tag of the Anki decks. */
export const bloomLevels = ["remember", "understand", "apply", "analyze", "evaluate", "create"] as const;

/** The difficulty of an exercise. Questions within a chapter's text have none. */
const levels = ["easy", "medium", "hard"] as const;

const common = {
  id: z.string().regex(/^q-[a-z0-9-]+$/),
  chapter: z.string().min(1),
  section: z.string().min(1),
  bloom: z.enum(bloomLevels),
  prompt: z.string().min(1),
  hints: z.array(z.string().min(1)),
  cards: z.boolean(),
  paper: z.string().optional(),
  level: z.enum(levels).optional(),
};

const choice = z.strictObject({
  ...common,
  kind: z.literal("choice"),
  options: z
    .array(
      z.strictObject({text: z.string().min(1), correct: z.boolean(), why: z.string().min(1), state: state.optional()}),
    )
    .min(3)
    .refine((options) => options.filter(({correct}) => correct).length === 1, "exactly one option is correct"),
});

const wrongAnswer = {why: z.string().min(1), state: state.optional()};

const numeric = z.strictObject({
  ...common,
  kind: z.literal("numeric"),
  compute,
  tolerance: z.number().min(0),
  unit: z.string().optional(),
  /** What the number counts, if it counts something: readers may type that word after it, but not a size in bytes. */
  counts: z.enum(["numbers", "parameters", "ranks"]).optional(),
  why: z.string().min(1),
  wrong: z
    .array(z.union([z.strictObject({value: z.number(), ...wrongAnswer}), z.strictObject({compute, ...wrongAnswer})]))
    .optional(),
});

/** `items` are in the right order, each with the reason for its place; the page shuffles them. */
const ordering = z.strictObject({
  ...common,
  kind: z.literal("ordering"),
  items: z.array(z.strictObject({text: z.string().min(1), why: z.string().min(1)})).min(3),
  state,
});

/** An answer in sentences. After at least `words` words the model answer opens, and the reader marks their own by the rubric. */
const written = z.strictObject({
  ...common,
  kind: z.literal("written"),
  words: z.number().int().min(5),
  rubric: z.array(z.string().min(1)).min(3),
  model: z.array(z.string().min(1)).min(1),
});

/** A program, one entry per line. */
const lines = z.array(z.string()).min(1);

/**
 * A function to write in Python. `task` names the function that computes the expected results (src/book/quiz/codeTasks.ts), so
 * that none is typed in. Of a `hidden` case the reader sees only the name. `mistakes` are wrong programs with an explanation,
 * which is given to a reader whose program has the same results. With `forge`, the function can also be tried on the word forge:
 * `about` says what it is called with and what becomes of its results.
 */
const code = z.strictObject({
  ...common,
  kind: z.literal("code"),
  task: z.string().min(1),
  given: z.array(z.string().min(1)),
  starter: lines,
  /** Whether the start is a program that is worth running as it is. */
  whole: z.boolean().optional(),
  cases: z.array(z.strictObject({name: z.string().min(1), args: z.array(z.json()), hidden: z.boolean()})).min(3),
  solution: lines,
  why: z.string().min(1),
  mistakes: z.array(z.strictObject({program: lines, why: z.string().min(1), state})).min(1),
  forge: z.strictObject({task: z.enum(FORGE_TASKS), about: z.string().min(1)}).optional(),
});

/** A question, answered by an option, a number, an order, sentences or a program. */
export const questionSchema = z.discriminatedUnion("kind", [choice, numeric, ordering, written, code]);

export type Question = z.infer<typeof questionSchema>;
export type Compute = z.infer<typeof compute>;
export type QuestionOf<K extends Question["kind"]> = Extract<Question, {kind: K}>;

const files = import.meta.glob<unknown>("../../../content/questions/*.json", {eager: true, import: "default"});

/** All questions. A file holds one or a list of them. Throws with the id of a question that breaks the schema or shares its id. */
export const questions: readonly Question[] = withUniqueIds(Object.values(files).flat().map(parse));

/** The question with that id. Throws and says where to add one. */
export function questionById(id: string): Question {
  const found = questions.find((q) => q.id === id);
  if (!found) throw new Error(`<Quiz id="${id}">: no such question; add it under content/questions`);
  return found;
}

/** Whether a chapter's raw MDX asks a question of one of these kinds. */
export const asks = (body: string, ...kinds: readonly Question["kind"][]): boolean =>
  elementsOf(body).some(
    ({name, attributes}) => name === "Quiz" && kinds.includes(questionById(attributes.id ?? "").kind),
  );

/** Where a chapter, given as raw MDX, answers a question: at the question, or in its section if only the review asks it. */
export const anchorIn = (body: string, {id, section}: Question): string =>
  elementsOf(body).some(({name, attributes}) => name === "Quiz" && attributes.id === id) ? id : section;

/** A question checked by the schema. Throws with its id if it breaks the schema. */
function parse(item: unknown): Question {
  const {data, error} = questionSchema.safeParse(item);
  if (data) return data;
  const {id = "one without an id"} = (item ?? {}) as {id?: string};
  throw new Error(`content/questions: ${id}: ${z.prettifyError(error)}`);
}

/** The same questions. Throws if two of them have the same id. */
function withUniqueIds(items: Question[]): Question[] {
  const ids = new Set<string>();
  for (const {id} of items) {
    if (ids.has(id))
      throw new Error(`content/questions: two questions are called ${id}; an id is given once and never again`);
    ids.add(id);
  }
  return items;
}
