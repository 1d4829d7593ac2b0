/** The text of a matrix that a reader has pasted or drawn: read, packed for a link, and read back. */
import {type Matrix, zeros} from "../../engine/linalg/matrix.ts";
import {fromBase64Url, toBase64Url} from "../../figure/state/base64Url.ts";
import {largestEntry} from "./largestEntry.ts";

/** The most rows, and the most columns, of a reader's matrix. */
export const MAX_SIDE = 48;
/** The most characters, so that the text fits into a link. */
export const MAX_CELLS_LENGTH = 4096;
/** The square of a larger number could overflow. */
const MAX_ENTRY = 1e100;
/** Longer pasted text is refused unread. */
const MAX_PASTE_LENGTH = 200_000;
/** How many levels packed cells have on either side of 0, by the bits of a cell. */
const LEVELS = {4: 7, 8: 127} as const;

/** A matrix, with a sentence if the text could mean another one; or a sentence on why there is no matrix. */
export type MatrixReading =
  | {matrix: Matrix; doubt?: string; problem?: undefined}
  | {matrix?: undefined; problem: string};

/** "1 number", "2,304 numbers". As in plot/text/format.ts, which models may not import. */
const counted = (n: number, noun: string): string => `${n.toLocaleString("en-US")} ${noun}${n === 1 ? "" : "s"}`;
/** The reading of a text that is no matrix. */
const refuse = (problem: string): MatrixReading => ({problem});

/** A comma between digits: a decimal point, as many countries write it, or between two numbers. */
const INNER_COMMA = /\d,\d/;
/** A line of two whole numbers with a comma between them, which may also be one decimal number. */
const PAIR = /^[-+−]?\d+,\d+$/;

/** A sentence on a comma that may be a decimal point, because spaces separate the numbers of its line; undefined if there is none. */
function commaProblem(lines: readonly string[]): string | undefined {
  for (const [i, line] of lines.entries()) {
    const parts = line.split(/\s+/);
    const suspect = parts.length > 1 && parts.find((part) => INNER_COMMA.test(part))?.slice(0, 20);
    if (suspect)
      return `Row ${i + 1} has spaces between numbers and “${suspect}” with a comma; write decimals with a point, or separate all numbers the same way.`;
  }
  return undefined;
}

/** Reads pasted text: rows on lines or between semicolons, numbers between spaces, commas or tabs. Never throws. */
export function readNumbers(text: string): MatrixReading {
  if (text.length > MAX_PASTE_LENGTH)
    return refuse(
      `The text has ${counted(text.length, "character")}; a matrix of up to ${MAX_SIDE} × ${MAX_SIDE} numbers was due.`,
    );
  const lines = text
    .split(/[\n;]/)
    // The lookbehind avoids quadratic backtracking on a long run of brackets.
    .map((line) => line.trim().replace(/^\[+|(?<!\])\]+,?$/g, ""));
  const problem = commaProblem(lines.filter(Boolean));
  if (problem) return refuse(problem);
  const rows = lines.map((line) => line.split(/[\s,]+/).filter((cell) => cell !== "")).filter((row) => row.length);
  if (!rows.length) return refuse("The text is empty; rows of numbers were due, one row a line.");
  const width = rows[0]!.length;
  if (rows.length > MAX_SIDE || width > MAX_SIDE)
    return refuse(
      `The matrix has ${rows.length} × ${width} = ${counted(rows.length * width, "number")}; up to ${MAX_SIDE} × ${MAX_SIDE} were due.`,
    );
  const raggedRow = rows.findIndex((row) => row.length !== width);
  if (raggedRow > 0)
    return refuse(
      `Row ${raggedRow + 1} has ${counted(rows[raggedRow]!.length, "number")}, row 1 has ${width}; every row needs the same count.`,
    );
  const cells = rows.flat();
  const data = Float64Array.from(cells, (cell) => Number(cell.replace("−", "-")));
  const badIndex = data.findIndex((x) => !(Math.abs(x) <= MAX_ENTRY));
  if (badIndex >= 0)
    return refuse(
      `Row ${Math.floor(badIndex / width) + 1}, column ${(badIndex % width) + 1} is “${cells[badIndex]!.slice(0, 20)}”; a number${Number.isNaN(data[badIndex]) ? "" : " no larger than 1e100"} was due.`,
    );
  const matrix = {rows: rows.length, cols: width, data};
  return lines.every((line) => line === "" || PAIR.test(line))
    ? {matrix, doubt: "A comma separates two numbers here; if yours are decimals, write them with a point, as in 1.5."}
    : {matrix};
}

/**
 * A matrix as text for a link: plain numbers if they fit; otherwise packed with 4 bits a cell if 15 levels are exact (as they
 * are for drawn cells), or with 8 bits. `exact` is false if packing rounded a number.
 */
export function writeCells(m: Matrix): {text: string; exact: boolean} {
  const plain = Array.from({length: m.rows}, (_, i) =>
    Array.from(m.data.subarray(i * m.cols, (i + 1) * m.cols)).join(","),
  ).join(";");
  if (plain.length <= MAX_CELLS_LENGTH / 2) return {text: plain, exact: true};
  const limit = largestEntry(m) || 1;
  const packedWith = (bits: 4 | 8) => {
    const levels = LEVELS[bits];
    const codes = Uint8Array.from(m.data, (x) => Math.round((x / limit) * levels) + levels);
    const exact = m.data.every((x, n) => x === ((codes[n]! - levels) / levels) * limit);
    return {text: `${bits}.${m.rows}x${m.cols}.${limit}.${toBase64Url(pack(codes, bits))}`, exact};
  };
  const in4Bits = packedWith(4);
  return in4Bits.exact ? in4Bits : packedWith(8);
}

/** Reads what `writeCells` wrote. The text may come from anywhere, so `problem` says what is wrong with it. */
export function readCells(text: string): MatrixReading {
  const match = /^([48])\.(\d{1,2})x(\d{1,2})\.([-+.\de]{1,24})\.([\w-]*)$/.exec(text);
  if (!match) return readNumbers(text);
  const [bits, rows, cols, limit] = match.slice(1, 5).map(Number) as [4 | 8, number, number, number];
  const levels = LEVELS[bits];
  const bytes = bytesOf(match[5]!);
  const byteCount = Math.ceil((rows * cols * bits) / 8);
  if (rows < 1 || cols < 1 || rows > MAX_SIDE || cols > MAX_SIDE || !(limit > 0 && limit <= 1e100))
    return refuse(
      `The packed matrix says ${rows} × ${cols} and ±${match[4]}; up to ${MAX_SIDE} × ${MAX_SIDE} and a positive size were due.`,
    );
  if (bytes?.length !== byteCount)
    return refuse(
      `The packed matrix has ${counted(bytes?.length ?? 0, "byte")}; ${byteCount.toLocaleString("en-US")} ${byteCount === 1 ? "was" : "were"} due for ${rows} × ${cols}.`,
    );
  const matrix = zeros(rows, cols);
  for (let n = 0; n < matrix.data.length; n++) {
    const code = bits === 8 ? bytes[n]! : (bytes[n >> 1]! >> (n % 2 ? 0 : 4)) & 15;
    matrix.data[n] = ((Math.min(code, 2 * levels) - levels) / levels) * limit;
  }
  return {matrix};
}

/** Codes as bytes: with 4 bits two in each. */
function pack(codes: Uint8Array, bits: 4 | 8): Uint8Array {
  if (bits === 8) return codes;
  return Uint8Array.from(
    {length: Math.ceil(codes.length / 2)},
    (_, n) => (codes[2 * n]! << 4) | (codes[2 * n + 1] ?? 0),
  );
}

/** The bytes of a text in base64url; undefined if it is none. */
function bytesOf(text: string): Uint8Array | undefined {
  try {
    return fromBase64Url(text);
  } catch {
    return undefined;
  }
}
