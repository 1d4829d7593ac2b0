/** A table as CSV. */
import type {Table} from "../widget.ts";

const isNumber = (text: string): boolean => text.trim() !== "" && Number.isFinite(Number(text));

/** One cell. Text that a spreadsheet would run as a formula gets an apostrophe, and a typographic minus becomes a hyphen. */
function cellText(value: string | number): string {
  const printed = String(value).replace(/^−(?=[\d.])/, "-");
  // People read 150,994,944; a spreadsheet reads 150994944.
  const text = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(printed) ? printed.replaceAll(",", "") : printed;
  const safe = /^[=+\-@\t\r]/.test(text) && !isNumber(text.replace(/%$/, "")) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table as CSV (RFC 4180): one header row, CRLF, quotes where they are needed. */
export const csvText = ({columns, rows}: Table): string =>
  [columns, ...rows].map((row) => `${row.map(cellText).join(",")}\r\n`).join("");
