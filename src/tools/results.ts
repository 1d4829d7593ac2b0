/** Writes the file of the results figure from the paper's tables in content/paper/: `npm run results`. */
import {readJsonFile, writeJsonFile} from "./jsonFiles.ts";

/** A measure: key, label, decimals, and 1 if lower is better. */
type Measure = readonly [key: string, label: string, decimals: number, lower?: 1];

/** A row: model, method with the paper's mark, hyperparameters, millions of trained parameters (or the rank), scores and their ±. */
type Row = readonly [
  model: string,
  method: string,
  setting: string,
  size: number | null,
  scores: readonly number[],
  spreads?: readonly (number | null)[],
];

/** A table with only what the results figure needs, since readers download it. */
interface CompactTable {
  measures: readonly Measure[];
  /** The ± that the paper gives for all rows at once, in the order of the measures. */
  typical: readonly number[] | null;
  rows: readonly Row[];
}

/** A table of content/paper. */
interface PaperTable {
  columns: readonly {key: string; label: string; decimals?: number; better?: string}[];
  rows: readonly Readonly<Record<string, unknown>>[];
  typicalFluctuation?: number | Readonly<Record<string, number>>;
}

/** The numbers of the tables in the paper that the figure shows. */
export const tableNumbers = [2, 3, 4, 15, 16, 18] as const;
const pathOf = (path: string) => new URL(`../../${path}`, import.meta.url).pathname;
const outputPath = "src/figures/results/printed.json";

/** "r_q=r_v=4" → "q, v at r = 4"; "l_p=32, l_i=8" → "32 + 8 tokens"; "r=8" → "r = 8"; null → "". */
export function settingOf(printed: unknown): string {
  const text = String(printed ?? "");
  const matrices = [...text.matchAll(/r_(\w)=/g)].map(([, letter]) => letter);
  const rank = /(?:^r|r_\w)=(\d+)/.exec(text)?.[1];
  const tokens = /l_p=(\d+), l_i=(\d+)/.exec(text);
  return [
    rank && `${matrices.length ? `${matrices.join(", ")} at ` : ""}r = ${rank}`,
    tokens && `${tokens[1]} + ${tokens[2]} tokens`,
  ]
    .filter(Boolean)
    .join(", ");
}

/** Table 16 has a column for each number of training examples: "n10k" → "10,000". Other columns keep their label. */
function labelOf({key, label}: PaperTable["columns"][number]): string {
  const [, digits, thousands] = /^n(\d+)(k?)$/.exec(key) ?? [];
  return digits ? (Number(digits) * (thousands ? 1000 : 1)).toLocaleString("en-US") : label;
}

/** Table 16 writes "GPT-3 (LoRA)". Table 18 has ranks instead of methods. */
const methodOf = ({method, mark, rank}: PaperTable["rows"][number]): string =>
  method === undefined ? `r = ${rank}` : `${String(method).replace(/^GPT-3 \((.*)\)$/, "$1")}${mark ?? ""}`;

/** A table of content/paper in compact form. */
function compactTable({columns, rows, typicalFluctuation: typical}: PaperTable): CompactTable {
  const measures = columns.filter(({better}) => better);
  return {
    measures: measures.map((column) => {
      const {key, decimals = 0, better} = column;
      return better === "lower" ? [key, labelOf(column), decimals, 1] : [key, labelOf(column), decimals];
    }),
    typical:
      typical === undefined ? null : measures.map(({key}) => (typeof typical === "number" ? typical : typical[key]!)),
    rows: rows.map((row) => {
      const sd = row.sd as Readonly<Record<string, number>> | undefined;
      const head = [
        String(row.model ?? ""),
        methodOf(row),
        settingOf(row.hyperparameters),
        (row.paramsM ?? row.rank ?? null) as number | null,
        measures.map(({key}) => row[key] as number),
      ] as const;
      return sd ? [...head, measures.map(({key}) => sd[key] ?? null)] : head;
    }),
  };
}

/** The tables that the figure shows, by number. */
export const compactTables = (): Readonly<Record<string, CompactTable>> =>
  Object.fromEntries(
    tableNumbers.map((n) => [n, compactTable(readJsonFile<PaperTable>(pathOf(`content/paper/table-${n}.json`)))]),
  );

if (import.meta.main) {
  writeJsonFile(pathOf(outputPath), compactTables());
  process.stdout.write(`${outputPath}: tables ${tableNumbers.join(", ")}\n`);
}
