/** The form of content/paper/table-*.json and numbers.json. */
import {z} from "astro/zod";

/** How sure we are of a transcribed value. */
const confidence = z.enum(["two sources", "one source", "derived"]);

const source = z.strictObject({
  work: z.string().min(1),
  locator: z.string().min(1),
  version: z.string().regex(/^arXiv:\d{4}\.\d{4,5}v\d+$/),
});

/** A column of a table. */
const column = z.strictObject({
  key: z.string().min(1),
  label: z.string().min(1),
  type: z.enum(["string", "integer", "number", "number|string"]),
  unit: z.string().optional(),
  decimals: z.number().int().min(0).optional(),
  /** Which scores are better. Only measures have it. */
  better: z.enum(["higher", "lower"]).optional(),
  /** What the score is, in words: "validation accuracy". */
  metric: z.string().optional(),
  /** The key of the column whose ± this column has. */
  spreadOf: z.string().optional(),
  /** How we computed a column that the paper does not print: "formulas of Section 5.1". */
  derived: z.string().optional(),
});

/** A row: its cells, and what belongs to them. */
const row = z.looseObject({
  /** The keys of the cells in bold. */
  bold: z.array(z.string()).optional(),
  /** The printed ± of cells, by their keys. In Table 1 this is itself a column, so it is one number. */
  sd: z.union([z.number(), z.record(z.string(), z.number())]).nullish(),
  /** The hyperparameters as numbers. */
  config: z.record(z.string(), z.number()).optional(),
  /** The count of parameters as the paper writes it: "37.7M". */
  paramsPrinted: z.string().optional(),
  /** Whether our formula gives the printed count. Kept for the record. */
  formulaMatchesPrinted: z.boolean().optional(),
});

/** A table of the paper. Each cell of a row is under the key of its column; one that is null or absent is not printed. */
export const tableSchema = z.strictObject({
  id: z.string().regex(/^table-\d+$/),
  number: z.number().int().positive(),
  title: z.string().min(1),
  source,
  section: z.string().min(1),
  page: z.number().int().positive(),
  columns: z.array(column).min(2),
  rows: z.array(row).min(1),
  /** The ± that the caption gives for all rows: of every measure, or by measure. */
  typicalFluctuation: z.union([z.number(), z.record(z.string(), z.number())]).optional(),
  units: z.string(),
  notes: z.array(z.string()),
  confidence,
  sources: z.array(z.string()).min(1),
});

const value = z.union([
  z.number(),
  z.string(),
  z.array(z.string()),
  z.record(z.string(), z.union([z.number(), z.string(), z.record(z.string(), z.number())])),
]);

/** A headline value (a number, words, or several by name), with the configuration it belongs to if there is one. */
export const numberSchema = z.strictObject({
  id: z.string().regex(/^[a-zA-Z0-9_-]+$/),
  value,
  unit: z.string(),
  quantity: z.string().optional(),
  decimals: z.number().int().min(0).optional(),
  meaning: z.string().optional(),
  configuration: z.string().optional(),
  section: z.string().min(1),
  derivation: z.string().optional(),
  confidence,
  note: z.string().optional(),
  /** Kept for the record; no page reads them. What a rounded value comes from: the bytes, the quotient of the printed values, or the ratio. */
  exactBytes: z.number().optional(),
  exactFromRounded: z.number().optional(),
  exactRatio: z.number().optional(),
  /** Also for the record: a remark, and the milliseconds behind a slow-down in percent. */
  extra: z.string().optional(),
  ms: z.record(z.string(), z.number()).optional(),
});

export type PaperTable = z.infer<typeof tableSchema>;
export type PaperColumn = PaperTable["columns"][number];
export type PaperRow = PaperTable["rows"][number];
export type PaperNumber = z.infer<typeof numberSchema>;
