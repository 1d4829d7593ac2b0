/** One measured line: what, how much, and the bar it is held against. */
export interface Line {
  what: string;
  value: number;
  unit: string;
  /** The most that is allowed; without one the line is only reported. */
  bar?: number;
}

const short = (x: number) => x.toLocaleString("en-US", {maximumFractionDigits: x < 10 ? 2 : x < 100 ? 1 : 0});

/** Lines under each other, with a mark for each bar: ok, or OVER. */
export function table(lines: readonly Line[]): string {
  const cells = lines.map(({what, value, unit, bar}) => [
    what,
    `${short(value)} ${unit}`,
    bar === undefined ? "" : `≤ ${short(bar)} ${unit}`,
    bar === undefined ? "" : value <= bar ? "ok" : "OVER",
  ]);
  const rows = [["what", "measured", "bar", ""], ...cells];
  const widths = [0, 1, 2].map((i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows
    .map(([what = "", value = "", bar = "", mark = ""]) =>
      `${what.padEnd(widths[0]!)}  ${value.padStart(widths[1]!)}  ${bar.padStart(widths[2]!)}  ${mark}`.trimEnd(),
    )
    .join("\n");
}

/** The value below which a share of the sorted values lies: quantile([1, 2, 3], 0.5) is 2. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.ceil(share * sorted.length), sorted.length) - 1]!;
}
