/** What is read of an audit of Lighthouse's report. */
interface Audit {
  title: string;
  score: number | null;
  scoreDisplayMode: string;
  numericValue?: number;
  displayValue?: string;
  details?: {items?: Record<string, unknown>[]};
}

/** What is read of Lighthouse's report of a page. Scores go from 0 to 1. */
export interface Report {
  categories: Record<string, {title: string; score: number; auditRefs: {id: string; weight: number; group?: string}[]}>;
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
  {name: "CLS", of: value("cumulative-layout-shift"), most: 0, digits: 3},
  {name: "TBT, ms", of: value("total-blocking-time"), most: 50},
  {name: "first paint, s", of: seconds("first-contentful-paint"), digits: 1},
  {name: "largest paint, s", of: seconds("largest-contentful-paint"), digits: 1},
];

const shown = ({of, digits = 0}: Column, report: Report) => of(report).toFixed(digits);

/** The columns whose bar a page does not reach, as they are shown: a shift of less than half a thousandth is none. */
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

/** What makes a page late or unsteady, of all that Lighthouse tells of its speed. How long files are kept is up to the host. */
const causes = [
  "layout-shifts",
  "long-tasks",
  "render-blocking-insight",
  "font-display-insight",
  "unused-css-rules",
  "unused-javascript",
];

const costs = ["score", "startTime", "duration", "totalBytes", "wastedBytes", "wastedMs"];

/** What an item of an audit points at, the element, the file, or else all it says; and what it costs. */
function pointsAt(item: Record<string, unknown>): string {
  const node = item.node as {selector?: string; snippet?: string} | undefined;
  const where = node ? `${node.selector} ${node.snippet}` : (item.url ?? JSON.stringify(item));
  const amounts = costs.flatMap((key) =>
    item[key] === undefined ? [] : `${key} ${Number(Number(item[key]).toFixed(4))}`,
  );
  return `${String(where).slice(0, 200)} ${amounts.join(", ")}`.trimEnd();
}

const ITEMS = 6;

/** By name what keeps a page under a bar, each with what it points at: the audits it does not pass, and what slows it. */
export function findings({categories, audits}: Report): string[] {
  const failing = Object.entries(categories).flatMap(([name, {auditRefs}]) =>
    auditRefs.flatMap(({id, weight}) => {
      const {score = null} = audits[id] ?? {};
      const isCause = causes.includes(id) && (score ?? 0) < 1;
      return isCause || (name !== "performance" && weight > 0 && score !== null && score < 1) ? [id] : [];
    }),
  );
  return [...new Set([...failing, ...causes.slice(0, 2)])].flatMap((id) => {
    const items = audits[id]?.details?.items ?? [];
    const isFault = !causes.includes(id);
    if (!audits[id] || (!items.length && !isFault)) return [];
    return [
      `  ${id} (${audits[id].title}) ${audits[id].displayValue ?? ""}`.trimEnd(),
      ...items.slice(0, ITEMS).map((item) => `      ${pointsAt(item)}`),
    ];
  });
}
