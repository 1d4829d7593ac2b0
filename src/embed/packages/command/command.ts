/** `lora-live inspect`: what the inspector says of a file, in a terminal, as JSON or as CSV. */

import {compareWithBase, openModel} from "../../../engine/adapters/inspect/againstBase.ts";
import {type BaseReport, baseReport} from "../../../engine/adapters/inspect/baseWords.ts";
import {type Check, healthOf, type Summary, sentenceOf, summarize} from "../../../engine/adapters/inspect/health.ts";
import {answerOf, type LoadingAnswer, loadingOf} from "../../../engine/adapters/inspect/loading/loading.ts";
import {oldRules} from "../../../engine/adapters/inspect/loading/rules.ts";
import {type Finding, measureAdapter} from "../../../engine/adapters/inspect/measure.ts";
import {type OpenedAdapter, openAdapter} from "../../../engine/adapters/inspect/open.ts";
import {csvOf, reportOf} from "../../../engine/adapters/inspect/report.ts";
import type {ScaleChoice, ScaleSummary} from "../../../engine/adapters/inspect/scales.ts";
import type {Source} from "../../../engine/adapters/inspect/source.ts";
import {createGramKernel} from "../../../engine/kernels/gram/gramKernel.ts";

/** How the command is used. */
export const USAGE = `lora-live inspect FILE [--json | --csv] [--alpha N | --scale N]
                       [--base FILE…] [--merged FILE…]

FILE is a LoRA: .safetensors or .gguf, or the folder of a PEFT or MLX adapter. An adapter_config.json beside it is read too.
Prints whether PEFT, vLLM and llama.cpp load it as it was trained, what it is, whether it is well, and for each module its rank,
scale, norm and the ranks that it uses.

Exit code: 0 if every reader applies it as trained, 1 if one does not or its numbers are damaged, 2 if it cannot be read.

  --json     the whole report, for programs
  --csv      a line for each module, for spreadsheets
  --alpha N  where the file has no alpha: this one
  --scale N  where the file has no alpha: this factor in front of B·A
  --base FILE…    the base's .safetensors, whole or in parts: what a merge in BF16 keeps of the adapter
  --merged FILE…  with --base, a merged checkpoint: whether this adapter is in it
`;

/** What the command was asked for. */
export interface InspectRequest {
  file: string;
  as: "table" | "json" | "csv";
  choice?: ScaleChoice;
  /** The files of the base, and of a model that the adapter may have been merged into. */
  base?: string[];
  merged?: string[];
}

/** The arguments after `lora-live` → what is asked. Throws with a sentence, to be followed by the usage. */
export function readArguments(words: readonly string[]): InspectRequest {
  const [command, ...rest] = words;
  if (command !== "inspect")
    throw new Error(command ? `"${command}" is no command; inspect is` : "no command is given");
  const request: Partial<InspectRequest> & Pick<InspectRequest, "as"> = {as: "table"};
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i]!;
    if (word === "--json" || word === "--csv") request.as = word === "--json" ? "json" : "csv";
    else if (word === "--alpha" || word === "--scale") {
      const number = Number(rest[++i]);
      if (rest[i] === undefined || !Number.isFinite(number)) throw new Error(`${word} needs a number after it`);
      request.choice = word === "--alpha" ? {alpha: number} : {scale: number};
    } else if (word === "--base" || word === "--merged") {
      const files: string[] = [];
      while (rest[i + 1] !== undefined && !rest[i + 1]!.startsWith("-")) files.push(rest[++i]!);
      if (files.length === 0) throw new Error(`${word} needs files after it`);
      request[word === "--base" ? "base" : "merged"] = files;
    } else if (word.startsWith("-")) throw new Error(`${word} is no option`);
    else if (request.file !== undefined) throw new Error("one file at a time");
    else request.file = word;
  }
  if (request.file === undefined) throw new Error("no file is given");
  if (request.merged && !request.base) throw new Error("--merged needs --base beside it");
  return {...request, file: request.file};
}

/** The text to print, with the end of its last line, and the exit code. */
interface InspectResult {
  text: string;
  /** 1 if a reader does not apply the file as trained, or if its numbers, names, config or pairs are not well. */
  code: 0 | 1;
}

/** The checks that a file must pass to do what was trained. */
const REQUIRED_CHECKS: readonly Check["id"][] = ["finite", "empty", "unread", "names", "config", "pairs"];

/** Models to hold an adapter against. */
export interface Models {
  base?: readonly Source[];
  merged?: readonly Source[];
}

/** Opens and measures a file, and gives the text that was asked for. `today` decides which rules of readers are old. */
export async function inspect(
  weights: Source,
  config: string | undefined,
  {as, choice, file}: InspectRequest,
  today = new Date(),
  {base, merged}: Models = {},
): Promise<InspectResult> {
  const adapter = await openAdapter(weights, config);
  const findings: Finding[] = [];
  for await (const finding of measureAdapter(adapter, createGramKernel(), choice)) findings.push(finding);
  const summary = summarize(adapter, findings);
  const loading = loadingOf(adapter, file.replace(/[\\/][^\\/]*\.\w+$/, ""));
  const isWell =
    summary.scales.asked === 0 && healthOf(adapter, summary).every(({id, ok}) => ok || !REQUIRED_CHECKS.includes(id));
  const code = loading.isRight && isWell ? 0 : 1;
  const against = base && (await reportAgainst(adapter, findings, base, merged));
  if (as === "json")
    return {code, text: `${JSON.stringify({...reportOf(adapter, summary), ...(against && {against})}, null, 2)}\n`};
  if (as === "csv") return {code, text: csvOf(summary)};
  return {code, text: tableOf(adapter, summary, loading, today) + (against ? againstLines(against) : "")};
}

/** The report on an adapter against its base. */
async function reportAgainst(
  adapter: OpenedAdapter,
  findings: readonly Finding[],
  base: readonly Source[],
  merged?: readonly Source[],
): Promise<BaseReport> {
  const job = compareWithBase(adapter, findings, await openModel(base), merged && (await openModel(merged)));
  let step = await job.next();
  while (!step.done) step = await job.next();
  return baseReport(step.value);
}

/** The report against the base for a terminal: its sentences and its table, as on the page. */
const againstLines = ({headline, presence, left, notes, head, rows}: BaseReport): string =>
  ["", headline, presence, left, ...notes, "", ...inColumns([head, ...rows])]
    .flatMap((line) => (line === undefined ? [] : `${line}\n`))
    .join("");

const withCommas = (n: number) => n.toLocaleString("en-US");
const shortNumber = (x: number) =>
  x === 0 ? "0" : x >= 1e5 || x < 1e-3 ? x.toExponential(2) : String(Number(x.toPrecision(4)));

/** The report for a terminal. */
function tableOf(adapter: OpenedAdapter, summary: Summary, loading: LoadingAnswer, today: Date): string {
  const health = healthOf(adapter, summary);
  const [answer, verdict, oldRulesText] = [answerOf(health, loading), sentenceOf(adapter, summary), oldRules(today)];
  const readers = loading.readers.flatMap(({reader, outcome, words, why, doubt, command}) => [
    `${outcome !== "as trained" ? "  !   " : doubt ? "  ?   " : "  ok  "}${reader.padEnd(10)}${words}. ${why}`,
    ...[doubt, ...(command?.split("\n").map((line) => `$ ${line}`) ?? [])].flatMap((line) =>
      line ? [`${" ".repeat(16)}${line}`] : [],
    ),
  ]);
  const checks = health.map(({ok, sentence}) => `${ok ? "  ok  " : "  !   "}${sentence}`);
  const notes = adapter.notes.map((note) => `  -   ${note}`);
  return [
    answer,
    ...(verdict === answer ? [] : [verdict]),
    ...(oldRulesText ? [`${oldRulesText}.`] : []),
    ...(readers.length > 0 ? ["", ...readers] : []),
    "",
    ...factLines(adapter, summary.scales),
    "",
    ...checks,
    ...notes,
    "",
    ...moduleLines(summary),
    ...summary.unmeasured.map(({sentence}) => `not measured: ${sentence}`),
    "",
  ].join("\n");
}

/** A line for each fact of the file. */
function factLines({facts}: OpenedAdapter, scales: ScaleSummary): string[] {
  const {base, dtypes, ranks} = facts;
  const rows: [string, string][] = [
    ["format", `${facts.families.join(" and ")} in ${facts.format}`],
    ["base", base ? `${base.name} (${base.from})` : "not said"],
    [
      "modules",
      `${withCommas(facts.modules)}, rank ${ranks.map(([r, count]) => `${r} (${withCommas(count)})`).join(", ")}`,
    ],
    ["scale", scales.lines.map(({says, where}) => `${says} (${where})`).join("; ") || "none"],
    ["storage", dtypes.map(([dtype, count]) => `${dtype} (${withCommas(count)})`).join(", ")],
    [
      "numbers",
      `${withCommas(facts.numbers)} in pairs, ${withCommas(facts.otherNumbers)} in other tensors, ${withCommas(facts.bytes)} bytes`,
    ],
  ];
  return rows.map(([name, value]) => `${name.padEnd(9)}${value}`);
}

/** A line for each measured module, in columns. */
function moduleLines({measured}: Summary): string[] {
  const head = ["module", "r", "scale", "norm", "effective", "r 90%", "r 99%"];
  const rows = measured.map(({name, r, scale, norm, effective, r90, r99}) => [
    name,
    String(r),
    shortNumber(scale),
    shortNumber(norm),
    effective.toFixed(2),
    String(r90),
    String(r99),
  ]);
  return inColumns([head, ...rows]);
}

/** Rows as lines, with columns of equal width. */
function inColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, i) => rows.reduce((most, row) => Math.max(most, row[i]!.length), 0));
  return rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  "),
  );
}
