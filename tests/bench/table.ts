/** One measured line: what, how much, and the bar it is held against. */
export interface Line {
  what: string;
  value: number;
  unit: string;
  /** The most that is allowed; without one the line is only reported. */
  bar?: number;
  /** The least that is due, where more is better. */
  least?: number;
}

const short = (x: number) => x.toLocaleString("en-US", {maximumFractionDigits: x < 10 ? 2 : x < 100 ? 1 : 0});

const barOf = ({unit, bar, least}: Line) => {
  if (least !== undefined) return `≥ ${short(least)} ${unit}`;
  return bar === undefined ? "" : `≤ ${short(bar)} ${unit}`;
};

const markOf = ({value, bar, least}: Line) => {
  if (least !== undefined) return value >= least ? "ok" : "UNDER";
  return bar === undefined ? "" : value <= bar ? "ok" : "OVER";
};

/** Lines under each other, with a mark for each bar: ok, or OVER or UNDER it. */
export function table(lines: readonly Line[]): string {
  const cells = lines.map((line) => [line.what, `${short(line.value)} ${line.unit}`, barOf(line), markOf(line)]);
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
