import type {Table} from "./widget.ts";

const isNumber = (text: string): boolean => text.trim() !== "" && Number.isFinite(Number(text));

/** One cell. Text that a spreadsheet would run as a formula is marked as text; a printed minus becomes one it can read. */
function cell(value: string | number): string {
  const text = String(value).replace(/^−(?=[\d.])/, "-");
  const safe = /^[=+\-@\t\r]/.test(text) && !isNumber(text.replace(/%$/, "")) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table as CSV by RFC 4180: one header row, CRLF, quotes where they are needed. */
export const csv = ({columns, rows}: Table): string =>
  [columns, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
