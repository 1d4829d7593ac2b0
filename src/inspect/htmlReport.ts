/** The report as one HTML file without scripts or requests, for screens in light and dark, and for paper. */
import {make} from "../figure/makeElement.ts";
import {counted, whole} from "../figure/plot/text/format.ts";
import {HUES} from "./contrast.ts";
import {fileSizeText, fixedPercent, short} from "./format.ts";
import {drawMaps, fillCell, markEmptyCell} from "./moduleMap.ts";
import {factList, paragraph, scrollingTable} from "./parts.ts";
import type {Cuts, Fingerprint} from "./protocol.ts";
import type {OpenAdapter} from "./state.ts";
import {
  cellText,
  factRows,
  MAX_CELLS,
  moduleHead,
  moduleRows,
  modulesWithSpots,
  normName,
  noteLines,
  withFullStop,
} from "./whatItIsScreen.ts";
import {loadSentence} from "./willItLoadScreen.ts";

/** What a report is made from. */
interface ReportInput {
  adapter: OpenAdapter;
  fingerprints: readonly Fingerprint[];
  /** Absent where nothing can be cut. */
  cuts?: Cuts;
  /** The day, as 2026-11-29. */
  day: string;
}

/** A color in both themes, for CSS. */
const themed = ({light, dark}: {light: string; dark: string}) => `light-dark(${light},${dark})`;

const CSS = `:root{color-scheme:light dark;--paper:light-dark(#fdfcf8,#16171b);--ink:light-dark(#1b1c20,#e9e7e1);--soft:light-dark(#5a5c66,#a5a7b0);--rule:light-dark(#dedbd1,#3a3c45);--zero:${themed(HUES.zero)};--dw:${themed(HUES.dw)}}
*{box-sizing:border-box}
body{max-width:64rem;margin:2rem auto;padding:0 1.25rem;background:var(--paper);color:var(--ink);font:400 1rem/1.5 system-ui,sans-serif}
h1{margin:0;font-size:1.6rem;overflow-wrap:anywhere}
h2{margin:2rem 0 .6rem;font-size:1.1rem}
.sentence{max-width:40rem;margin:.75rem 0;font:500 1.35rem/1.35 Georgia,serif}
.inspect-aside,.from{color:var(--soft);font-size:.875rem}
.from{display:block}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.35rem 1.25rem;margin:0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
ul{margin:0;padding:0;list-style:none}
li{margin-top:.3rem;padding-left:1.5rem;text-indent:-1.5rem;overflow-wrap:anywhere}
.scroller{overflow-x:auto}
table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--rule);font-weight:400;text-align:left;vertical-align:baseline;overflow-wrap:anywhere}
thead th{color:var(--soft)}
.inspect-map{border-collapse:separate;border-spacing:2px}
.inspect-map :is(th,td){min-width:.9rem;padding:.2rem .35rem;border:0;text-align:center}
.inspect-map .filled{border-radius:3px;background:color-mix(in srgb,var(--dw) var(--share,0%),var(--zero));print-color-adjust:exact;-webkit-print-color-adjust:exact}
.inspect-map .spoiled{border:1px solid currentColor;font-weight:700}
.dense td{font-size:0}
@media print{:root{color-scheme:light}body{max-width:none;margin:0;padding:0;background:none;font-size:10pt}h2{break-after:avoid}tr,li{break-inside:avoid}thead{display:table-header-group}.scroller{overflow:visible}}`;

/** Draws the report into an empty page, and returns the HTML file. Text of adapter files comes into it as text alone. */
export function htmlReport(page: Document, {adapter, fingerprints, cuts, day}: ReportInput): string {
  const {opened, verdict} = adapter;
  const {head} = page;
  page.documentElement.lang = "en";
  make(head, "meta").setAttribute("charset", "utf-8");
  for (const [key, name, content] of [
    ["name", "viewport", "width=device-width,initial-scale=1"],
    ["http-equiv", "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"],
  ] as const) {
    const meta = make(head, "meta");
    meta.setAttribute(key, name);
    meta.setAttribute("content", content);
  }
  make(head, "title", "", "What this adapter is");
  make(head, "style", "", CSS);
  const main = make(page.body, "main");
  make(main, "h1", "", opened.name);
  paragraph(main, loadSentence(adapter), "sentence");
  if (verdict && verdict.sentence !== loadSentence(adapter)) paragraph(main, verdict.sentence);
  drawList(
    main,
    opened.loading.readers.map(
      ({reader, outcome, words, why}) => `${outcome === "as trained" ? "✓" : "!"} ${reader}: ${words}. ${why}`,
    ),
  );
  const origin = `Read on ${day} by the inspector of LoRA, live, in a browser tab; nothing was sent anywhere.`;
  paragraph(main, origin, "inspect-aside");
  make(main, "h2", "", "Files that were read");
  const files = fingerprints.map(({name, bytes, sha256}) => [name, whole(bytes), sha256]);
  scrollingTable(main, "Files that were read", ["File", "Bytes", "SHA-256"], files);
  make(main, "h2", "", "What it is");
  factList(main, factRows(opened, verdict));
  make(main, "h2", "", "Health");
  drawList(
    main,
    (verdict?.checks ?? []).map(({ok, sentence}) => `${ok ? "✓" : "!"} ${withFullStop(sentence)}`),
  );
  const notes = noteLines(opened, verdict);
  if (notes.length > 0) make(main, "h2", "", "Notes");
  drawList(main, notes);
  make(main, "h2", "", `${normName(adapter)} of every module`);
  drawNorms(main, adapter);
  make(main, "h2", "", "Modules");
  const rows = moduleRows(adapter);
  scrollingTable(main, "Modules", moduleHead(adapter), rows);
  if (adapter.modules.size > rows.length)
    paragraph(main, `The first ${whole(rows.length)} are listed.`, "inspect-aside");
  if (cuts) drawCuts(main, cuts, opened.facts.bytes);
  return `<!doctype html>\n${page.documentElement.outerHTML}\n`;
}

function drawList(root: Element, lines: readonly string[]): void {
  const items = make(root, "ul");
  for (const line of lines) make(items, "li", "", line);
}

/** Draws a map of norms, which can be scrolled with the keyboard too. */
function drawNorms(root: Element, adapter: OpenAdapter): void {
  const modules = modulesWithSpots(adapter);
  if (modules.length > MAX_CELLS) {
    paragraph(root, `${counted(modules.length, "module")} are too many for a map.`, "inspect-aside");
    return;
  }
  const largest = [...adapter.modules.values()].reduce((most, {norm}) => Math.max(most, norm), 0);
  for (const [name, cell] of drawMaps(root, modules, "Map", true)) {
    const one = adapter.modules.get(name);
    if (one) fillCell(cell, cellText(one.norm), largest > 0 ? one.norm / largest : 0, "dw");
    else markEmptyCell(cell);
  }
  for (const table of root.querySelectorAll(".inspect-map")) {
    const box = table.parentElement!;
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", table.getAttribute("aria-label")!);
  }
  paragraph(
    root,
    `From 0 to ${short(largest)}. Without the base’s weights nobody can say whether that is a lot.`,
    "inspect-aside",
  );
}

function drawCuts(root: Element, {rows}: Cuts, fileBytes: number): void {
  const title = "What lower ranks would lose";
  make(root, "h2", "", title);
  scrollingTable(
    root,
    title,
    ["Rank", "‖ΔW − ΔW′‖ / ‖ΔW‖", "Of ‖ΔW‖² kept", "With the best split", "File size, about"],
    rows.map(({r, even, split}) => [
      String(r),
      fixedPercent(even.error, 2),
      fixedPercent(1 - even.error ** 2),
      fixedPercent(split.error, 2),
      fileSizeText(even.bytes),
    ]),
  );
  paragraph(
    root,
    `Exact, by the singular values (Eckart and Young). The file has ${whole(fileBytes)} bytes now. What a cut costs on the task, only the task can tell.`,
    "inspect-aside",
  );
}
