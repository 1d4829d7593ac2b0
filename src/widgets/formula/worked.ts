/** The worked example as formulas with numbers in them, and as a small table. */
import type {Matrix} from "../../engine/matrix.ts";
import {fixed, significant, whole} from "../../figures/format.ts";
import type {Entry as Line} from "../../figures/ledger.ts";
import type {Formula, Piece} from "../../figures/typeset.ts";
import type {Compared, Counted, FormulaParams, FormulaResult, Passed, Tuned} from "./model.ts";
import {places, termOf} from "./toys.ts";

const number = (symbol: string, letter: string): Piece => ({symbol, letter, upright: true});
const letter = (symbol: string, text = symbol): Piece => ({symbol, letter: text});

/** A matrix by rows; examples that are rows in the engine stand as columns in the formula. */
const matrix = (symbol: string, {rows, cols, data}: Matrix, show = (x: number) => significant(x, 6)): Piece => ({
  symbol,
  entries: Array.from({length: rows}, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols), show)),
});
const column = (symbol: string, m: Matrix): Piece => matrix(symbol, {...m, rows: m.cols, cols: m.rows});

const W0: Piece = {symbol: "W0", letter: "W", below: ["0"]};

function passed({W0: W, x, A, B, alpha, r, base, update, h}: Passed): Formula[] {
  const scale: Piece = {over: [number("alpha", whole(alpha))], under: [number("r", whole(r))]};
  return [
    [{keep: [W0, letter("x"), " = ", matrix("W0", W), column("x", x), " = ", column("W0", base)]}],
    [
      {
        keep: [
          letter("dW", "ΔW"),
          letter("x"),
          " = ",
          scale,
          matrix("B", B),
          matrix("A", A),
          column("x", x),
          " = ",
          column("dW", update),
        ],
      },
    ],
    [{keep: [letter("h"), " = ", column("W0", base), " + ", column("dW", update), " = ", column("h", h)]}],
  ];
}

const counted = ({matrices, width, total}: Counted, {r}: FormulaParams): Formula[] => [
  [
    {keep: [number("count", "|Θ|"), " = ", number("two", "2"), " × ", number("Lhat", whole(matrices))]},
    {keep: [" × ", number("dmodel", whole(width)), " × ", number("r", whole(r))]},
    {keep: [" = ", number("count", whole(total))]},
  ],
];

const compared = ({A8, A64, cross, squares, phi}: Compared, {i, j}: FormulaParams): Formula[] => [
  [{keep: [{symbol: "A8", letter: "A", below: [{slanted: "r"}, "=8"]}, " → ", matrix("A8", A8)]}],
  [{keep: [{symbol: "A64", letter: "A", below: [{slanted: "r"}, "=64"]}, " → ", matrix("A64", A64)]}],
  [
    {
      keep: [
        letter("phi", "ϕ"),
        " = ",
        {
          over: [
            number("norm", "∥"),
            matrix("norm", cross, (x) => fixed(x, 3)),
            {symbol: "norm", letter: "∥", upright: true, below: [{slanted: "F"}], above: ["2"]},
          ],
          under: ["min(", number("i", whole(i)), ", ", number("j", whole(j)), ")"],
        },
      ],
    },
    {
      keep: [
        " = ",
        {over: [number("norm", fixed(squares, 3))], under: [whole(Math.min(i, j))]},
        " = ",
        number("phi", fixed(phi, 3)),
      ],
    },
  ],
];

/** The lines of the worked example; none where the table says it all. */
export function linesOf(result: FormulaResult, params: FormulaParams): Formula[] {
  if (result.kind === "forward") return passed(result);
  if (result.kind === "count") return counted(result, params);
  return result.kind === "similarity" ? compared(result, params) : [];
}

function terms({before, after, start, sum}: Tuned) {
  const rows = places.map((place, n) => [`log ${termOf(place)}`, fixed(before[n], 4), fixed(after[n], 4)]);
  return {
    head: ["Term", "at Φ₀", "now"],
    lines: [...rows.map((cells): Line => ({cells})), {cells: ["Sum", fixed(start, 3), fixed(sum, 3)], sum: true}],
  };
}

function grid({grid: {rows, cols, data}}: Compared) {
  const range = (length: number) => Array.from({length}, (_, n) => n);
  return {
    head: ["φ", ...range(cols).map((j) => `j = ${j + 1}`)],
    lines: range(rows).map(
      (i): Line => ({
        cells: [`i = ${i + 1}`, ...range(cols).map((j) => fixed(data[i * cols + j], 3))],
      }),
    ),
  };
}

/** The terms of an objective, or φ for every i and j; undefined where there is neither. */
export function tableOf(result: FormulaResult): {head: readonly string[]; lines: readonly Line[]} | undefined {
  if (result.kind === "forward" || result.kind === "count") return undefined;
  return result.kind === "similarity" ? grid(result) : terms(result);
}
