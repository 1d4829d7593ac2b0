/** What is read of an audit of Lighthouse's report. */
interface Audit {
  title: string;
  score: number | null;
  numericValue?: number;
  displayValue?: string;
}

/** What is read of Lighthouse's report of a page. Scores go from 0 to 1. */
export interface Report {
  categories: Record<string, {title: string; score: number; auditRefs: {id: string; weight: number}[]}>;
  audits: Record<string, Audit>;
  runtimeError?: {message: string};
}

/** A column of the table: what is measured, in which unit, and its bar. */
interface Column {
  name: string;
  of: (report: Report) => number;
  least?: number;
  most?: number;
  digits?: number;
}

const score = (category: string) => (report: Report) => Math.round(100 * (report.categories[category]?.score ?? 0));
const value = (audit: string) => (report: Report) => report.audits[audit]?.numericValue ?? Number.NaN;
const seconds = (audit: string) => (report: Report) => value(audit)(report) / 1000;

const columns: readonly Column[] = [
  {name: "performance", of: score("performance"), least: 95},
  {name: "accessibility", of: score("accessibility"), least: 100},
  {name: "best practices", of: score("best-practices"), least: 100},
  {name: "SEO", of: score("seo"), least: 100},
  {name: "CLS", of: value("cumulative-layout-shift"), most: 0.02, digits: 3},
  {name: "TBT, ms", of: value("total-blocking-time"), most: 100},
  {name: "first paint, s", of: seconds("first-contentful-paint"), digits: 1},
  {name: "largest paint, s", of: seconds("largest-contentful-paint"), digits: 1},
];

const shown = ({of, digits = 0}: Column, report: Report) => of(report).toFixed(digits);

/** The columns whose bar a page does not reach, by the rounded values that the table shows. */
export const under = (report: Report): string[] =>
  columns
    .filter((column) => {
      const seen = Number(shown(column, report));
      return !(seen >= (column.least ?? Number.NEGATIVE_INFINITY) && seen <= (column.most ?? Number.POSITIVE_INFINITY));
    })
    .map(({name}) => name);

export function table(reports: ReadonlyMap<string, Report>): string {
  const bars = columns.map(({least, most}) =>
    least !== undefined ? `≥ ${least}` : most !== undefined ? `≤ ${most}` : "",
  );
  const rows = [
    ["page", ...columns.map(({name}) => name), ""],
    ["", ...bars, ""],
    ...[...reports].map(([page, report]) => {
      const missed = under(report);
      return [
        page,
        ...columns.map((column) => shown(column, report)),
        missed.length ? `UNDER: ${missed.join(", ")}` : "ok",
      ];
    }),
  ];
  const widths = columns.map((_, i) => Math.max(...rows.map((row) => row[i + 1]!.length)));
  const first = Math.max(...rows.map(([page = ""]) => page.length));
  return rows
    .map(([page = "", ...cells]) =>
      [page.padEnd(first), ...cells.map((cell, i) => (i < widths.length ? cell.padStart(widths[i]!) : cell))]
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** By name the audits that a page does not pass. */
export const findings = ({categories, audits}: Report): string[] => {
  const weighed = Object.values(categories).flatMap(({auditRefs}) => auditRefs.filter(({weight}) => weight > 0));
  const failed = [...new Set(weighed.map(({id}) => id))].filter((id) => (audits[id]?.score ?? 1) < 1);
  return failed.map((id) => `  ${id} (${audits[id]!.title}) ${audits[id]!.displayValue ?? ""}`.trimEnd());
};
