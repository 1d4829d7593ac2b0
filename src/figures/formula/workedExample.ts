/** The worked example as formulas with numbers filled in, and as a small table. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import type {LegendRow as Line} from "../../figure/plot/legendTable.ts";
import {fixed, whole} from "../../figure/plot/text/format.ts";
import type {Formula} from "../../figure/plot/text/typeset.ts";
import {readFormula} from "./formulas.ts";
import type {CountResult, FormulaParams, FormulaResult, ForwardPass, SimilarityResult} from "./model.ts";
import {entries} from "./symbolMeanings.ts";
import {writtenRows} from "./symbolValues.ts";

type Numbers = Readonly<Record<string, Matrix | string>>;

/** Vectors are rows in the engine and columns in a formula. */
const column = (m: Matrix): Matrix => ({...m, rows: m.cols, cols: m.rows});

/** A formula in which `#x` is the value of x in `numbers`, and `#x:y` is that value highlighted with the symbol y. */
const line = (text: string, which: FormulaParams["which"], numbers: Numbers): Formula =>
  readFormula(text, (word) => {
    const [name, symbol = name] = word.slice(1).split(":");
    const value = numbers[name];
    if (!word.startsWith("#"))
      return Object.hasOwn(entries[which], word) ? {symbol: word, text: entries[which][word].text} : undefined;
    return typeof value === "string" ? {symbol, text: value} : {symbol, entries: writtenRows(value)};
  });

const forwardPass = ({kind, W0, x, A, B, alpha, r, base, update, h}: ForwardPass): Formula[] => {
  const columns = {x: column(x), base: column(base), update: column(update), h: column(h)};
  const numbers: Numbers = {W0, A, B, alpha: whole(alpha), r: whole(r), ...columns};
  return ["W0 x = #W0 #x = #base:W0", "dW x = {#alpha/#r} #B #A #x = #update:dW", "h = #base:W0 + #update:dW = #h"].map(
    (text) => line(text, kind, numbers),
  );
};

const countOf = ({kind, matrices, width, total}: CountResult, {r}: FormulaParams): Formula[] => [
  line("count = two × #Lhat; × #dmodel × #r; = #count", kind, {
    Lhat: whole(matrices),
    dmodel: whole(width),
    r: whole(r),
    count: whole(total),
  }),
];

function similarity({kind, A8, A64, cross, squares, phi}: SimilarityResult, {i, j}: FormulaParams): Formula[] {
  const numbers: Numbers = {
    ...{A8, A64, cross, squares: fixed(squares, 3), phi: fixed(phi, 3)},
    ...{i: whole(i), j: whole(j), least: whole(Math.min(i, j))},
  };
  return [
    "A8 → #A8",
    "A64 → #A64",
    "phi = {∥ #cross:norm norm/min( #i , #j )}; = {#squares:norm/#least:norm} = #phi",
  ].map((text) => line(text, kind, numbers));
}

/** The lines of the worked example; an objective has none. */
export function workedLines(result: FormulaResult, params: FormulaParams): Formula[] {
  if (result.kind === "forward") return forwardPass(result);
  if (result.kind === "count") return countOf(result, params);
  return result.kind === "similarity" ? similarity(result, params) : [];
}

/** A small table below the example. */
export interface TableBelow {
  head: readonly string[];
  lines: readonly Line[];
}
