/** What `results` must say, read from the tables' own rows with whole numbers of the last printed digit. */
import two from "../../../content/paper/table-2.json" with {type: "json"};
import three from "../../../content/paper/table-3.json" with {type: "json"};
import four from "../../../content/paper/table-4.json" with {type: "json"};
import fifteen from "../../../content/paper/table-15.json" with {type: "json"};
import sixteen from "../../../content/paper/table-16.json" with {type: "json"};
import eighteen from "../../../content/paper/table-18.json" with {type: "json"};
import type {ResultsParams} from "../../../src/figures/results/model.ts";
import type {Claims} from "./oracle.ts";
import {guessAt} from "./predict.ts";

const printed = {"2": two, "3": three, "4": four, "15": fifteen, "16": sixteen, "18": eighteen};

type Cells = Record<string, unknown> & {sd?: Record<string, number>};

/** Every run of digits in a label, but for those inside a word: "SST-2" → 2, "SAMSum R1" → none. */
const digits = (text: string): number[] => [...text.matchAll(/(?<![A-Za-z\d])\d+/g)].map(([number]) => Number(number));

const columnIn = ({from, glue, e2e, gpt3, budgets, examples, ranks}: ResultsParams): string =>
  ({"2": glue, "3": e2e, "4": gpt3, "15": budgets, "16": examples, "18": ranks})[from];

/** The ± of a cell in units of a ten-thousandth: its own, Table 4's for both of GPT-3's tables, the text's for the low-data study. */
function spreadIn(from: ResultsParams["from"], row: Cells, key: string): number | undefined {
  const typical = {"4": four.typicalFluctuation, "15": four.typicalFluctuation}[from as "4"];
  const value = from === "16" ? sixteen.typicalFluctuation : (row.sd?.[key] ?? typical?.[key as keyof typeof typical]);
  return value === undefined ? undefined : Math.round(value * 1e4);
}

interface Read {
  n: number;
  name: string;
  setting: number[];
  millions?: number;
  score: number;
  spread?: number;
  verdict: "itself" | "within" | "better" | "worse" | "unknown";
}

/** The rows in sight, in order, as whole ten-thousandths. */
function read(params: ResultsParams): {rows: Read[]; label: string; lower: boolean} {
  const {from, against, methods, sort} = params;
  const key = columnIn(params);
  const {rows, columns} = printed[from] as {rows: Cells[]; columns: {key: string; label: string; better?: string}[]};
  const model = from === "2" ? params["glue-model"] : from === "3" ? params["e2e-model"] : undefined;
  const {label, better} = columns.find((column) => column.key === key)!;
  const own = rows.filter((row) => !model || row.model === model);
  const whole = (row: Cells) => Math.round((row[key] as number) * 1e4);
  const reference = own[against - 1]!;
  const all = own.map((row, i): Read => {
    const [mine, its] = [spreadIn(from, row, key), spreadIn(from, reference, key)];
    const gap = (whole(row) - whole(reference)) * (better === "lower" ? -1 : 1);
    const apart = Math.abs(gap) - (mine ?? 0) - (its ?? 0);
    return {
      n: i + 1,
      name: String(row.method ?? `r = ${row.rank}`).replace(/^GPT-3 /, ""),
      setting: digits(String(row.hyperparameters ?? "").replace(/r_\w=(?=r_)/g, "")),
      millions: row.paramsM as number | undefined,
      score: whole(row) / 1e4,
      spread: mine === undefined ? undefined : mine / 1e4,
      verdict:
        row === reference
          ? "itself"
          : mine === undefined && its === undefined
            ? "unknown"
            : apart <= 0
              ? "within"
              : gap > 0
                ? "better"
                : "worse",
    };
  });
  const wanted = {all: /./, lora: /LoRA/, adapter: /Adapter/, prefix: /Pre\w*(Embed|Layer)/}[methods];
  const seen = all.filter(({name, n}) => from === "18" || n === against || wanted.test(name));
  const up = better === "lower" ? 1 : -1;
  const order = {
    printed: () => 0,
    score: (a: Read, b: Read) => up * (a.score - b.score),
    trained: (a: Read, b: Read) => (a.millions ?? 0) - (b.millions ?? 0),
  }[sort];
  return {rows: seen.sort(order), label, lower: better === "lower"};
}

/** Millions as they are shown: billions from a thousand on. */
const shown = (millions: number): number => (millions >= 999.5 ? millions / 1000 : millions);
const count = (n: number): number => n / (n >= 1e9 ? 1e9 : n >= 1e6 ? 1e6 : n >= 1e3 ? 1e3 : 1);

export function results(params: ResultsParams): Claims {
  const {from, guess} = params;
  const {rows, label} = read(params);
  const key = columnIn(params);
  const reference = rows.find(({verdict}) => verdict === "itself")!;
  const number = (verdict: Read["verdict"]) => rows.filter((row) => row.verdict === verdict).length;
  const counts = [number("within"), number("better"), number("worse"), number("unknown")];
  const fit = rows.filter(({verdict, millions}) => millions !== undefined && /within|better/.test(verdict));
  const enough = fit.reduce<Read | undefined>(
    (least, row) => (least && least.millions! <= row.millions! ? least : row),
    undefined,
  );
  const model = from === "2" ? params["glue-model"] : from === "3" ? params["e2e-model"] : "";
  const examples = {n100: 100, n1k: 1000, n10k: 10_000, n392k: 392_000}[key];
  const task = examples ? [examples] : [...digits(from === "18" ? "GPT-2" : model), ...digits(label)];
  /** Only LoRA's rows say their matrices and rank beside their name. */
  const named = ({name, millions, setting}: Read) => [
    ...digits(name),
    ...(millions === undefined ? [] : [shown(millions)]),
    ...(name.startsWith("LoRA") && setting.length ? [setting[0]!] : []),
  ];
  const scored = ({score, spread}: Read) => [score, ...(spread === undefined ? [] : [spread])];
  const isAsked = guess !== "" && key === "wikisql";
  const yours = isAsked ? [count(guessAt(Number(guess)))] : [];
  const others = rows.length - 1;
  return {
    summary: [
      ...digits(reference.name),
      ...(reference.millions === undefined ? [] : [shown(reference.millions)]),
      ...scored(reference),
      ...(others > 1 ? [others, ...counts.filter(Boolean)] : []),
      ...yours,
      Number(from),
      ...task,
      ...(enough ? [shown(enough.millions!)] : []),
    ],
    readouts: [
      [...scored(reference), ...named(reference)],
      ...counts.map((n) => [n, others]),
      ...(enough ? [[shown(enough.millions!)]] : []),
      ...(isAsked ? [yours] : []),
    ],
    caption: [Number(from), ...task, ...named(reference)],
    rows: rows.map((row) => [
      row.n,
      ...digits(model),
      ...digits(row.name),
      ...row.setting,
      ...(row.millions === undefined ? [] : [shown(row.millions)]),
      ...scored(row),
      ...(row.verdict === "itself" ? [] : [row.score - reference.score]),
    ]),
  };
}
