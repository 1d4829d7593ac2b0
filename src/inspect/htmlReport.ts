/** The report as one HTML file without scripts or requests, for screens in light and dark, and for paper. */
import {escapeHtml} from "../figure/export/escape.ts";
import {counted, whole} from "../figure/plot/text/format.ts";
import {HUES, letterColor} from "./contrast.ts";
import {fileSizeText, fixedPercent, short} from "./format.ts";
import {moduleBlocks} from "./moduleMap.ts";
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

/** With more columns than this, cells have no room for numbers. */
const MAX_NUMBER_COLUMNS = 12;

const hue = ({light, dark}: {light: string; dark: string}) => `light-dark(${light},${dark})`;

const CSS = `:root{color-scheme:light dark;--paper:light-dark(#fdfcf8,#16171b);--ink:light-dark(#1b1c20,#e9e7e1);--soft:light-dark(#5a5c66,#a5a7b0);--rule:light-dark(#dedbd1,#3a3c45);--zero:${hue(HUES.zero)};--dw:${hue(HUES.dw)}}
*{box-sizing:border-box}
body{max-width:64rem;margin:2rem auto;padding:0 1.25rem;background:var(--paper);color:var(--ink);font:400 1rem/1.5 system-ui,sans-serif}
h1{margin:0;font-size:1.6rem;overflow-wrap:anywhere}
h2{margin:2rem 0 .6rem;font-size:1.1rem}
h3{margin:1rem 0 .3rem;font-size:.95rem;font-weight:600}
.sentence{max-width:40rem;margin:.75rem 0;font:500 1.35rem/1.35 Georgia,serif}
.soft,dd span{color:var(--soft);font-size:.875rem}
dd span{display:block}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.35rem 1.25rem;margin:0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
ul{margin:0;padding:0;list-style:none}
li{margin-top:.3rem;padding-left:1.5rem;text-indent:-1.5rem;overflow-wrap:anywhere}
li b{display:inline-block;width:1.5rem;text-indent:0}
code{font:400 .85em/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--rule);font-weight:400;text-align:left;vertical-align:baseline}
thead th{color:var(--soft)}
:is(td,th):not(:first-child){text-align:right}
.name :is(td,th){text-align:left!important}
.map{border-collapse:separate;border-spacing:2px}
.map :is(th,td):is(th,td){min-width:.9rem;padding:.2rem .35rem;border:0;text-align:center}
.map tbody th:is(th){text-align:right;font-family:ui-monospace,monospace}
.map td{border-radius:3px;background:color-mix(in srgb,var(--dw) var(--share,0%),var(--zero));print-color-adjust:exact;-webkit-print-color-adjust:exact}
.map .none{background:none}
.map .bad{background:none;border:1px solid currentColor;font-weight:700}
@media print{:root{color-scheme:light}body{max-width:none;margin:0;padding:0;background:none;font-size:10pt}h2,h3{break-after:avoid}tr,li{break-inside:avoid}thead{display:table-header-group}.wide{overflow:visible}}`;

const text = escapeHtml;
/** A row of a table. Its cells are HTML. */
const row = (cells: readonly string[], tag: "td" | "th") =>
  `<tr>${cells.map((cell, i) => (tag === "th" ? `<th scope="col">${cell}</th>` : i === 0 ? `<th scope="row">${cell}</th>` : `<td>${cell}</td>`)).join("")}</tr>`;
/** A box that scrolls sideways, with the keyboard too. */
const scroller = (label: string, inside: string) =>
  `<div class="wide" role="region" tabindex="0" aria-label="${text(label)}">${inside}</div>`;
const table = (label: string, head: readonly string[], rows: readonly (readonly string[])[], name = "") =>
  scroller(
    label,
    `<table${name && ` class="${name}"`}><thead>${row(head.map(text), "th")}</thead><tbody>${rows.map((cells) => row(cells, "td")).join("\n")}</tbody></table>`,
  );

/** The HTML file. Everything that is from an adapter file is escaped. */
export function htmlReport({adapter, fingerprints, cuts, day}: ReportInput): string {
  const {opened, verdict} = adapter;
  const title = text(opened.name);
  const checks = (verdict?.checks ?? []).map(
    ({ok, sentence}) => `<li><b>${ok ? "✓" : "!"}</b>${text(sentence)}${/\.$/.test(sentence) ? "" : "."}</li>`,
  );
  const notes = noteLines(opened, verdict).map((note) => `<li>${text(note)}</li>`);
  const list = (lines: readonly string[]) => `<ul>${lines.join("\n")}</ul>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}: what this adapter is</title>
<style>
${CSS}
</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="sentence">${text(loadSentence(adapter))}</p>
${readersOf(adapter)}
<p class="soft">Read on ${text(day)} by the inspector of LoRA, live, in a browser tab; nothing was sent anywhere.</p>
<h2>Files that were read</h2>
${table(
  "Files that were read",
  ["File", "Bytes", "SHA-256"],
  fingerprints.map(({name, bytes, sha256}) => [text(name), whole(bytes), `<code>${sha256}</code>`]),
  "name",
)}
<h2>What it is</h2>
<dl>${factRows(opened, verdict)
    .map(
      ([name, value, from]) =>
        `<dt>${text(name)}</dt><dd>${text(value)}${from ? `<span>${text(from)}</span>` : ""}</dd>`,
    )
    .join("\n")}</dl>
<h2>Health</h2>
${list(checks)}
${notes.length > 0 ? `<h2>Notes</h2>\n${list(notes)}` : ""}
<h2>${text(normName(adapter))} of every module</h2>
${maps(adapter)}
<h2>Modules</h2>
${modulesTable(adapter)}
${cuts ? cutsPart(cuts) : ""}
</main>
</body>
</html>
`;
}

/** What each program does with the file, and the sentence on the ranks. */
function readersOf(adapter: OpenAdapter): string {
  const {opened, verdict} = adapter;
  const lines = opened.loading.readers.map(
    ({reader, outcome, words, why}) =>
      `<li><b>${outcome === "as trained" ? "✓" : "!"}</b>${text(`${reader}: ${words}. ${why}`)}</li>`,
  );
  const rank = verdict && verdict.sentence !== loadSentence(adapter) ? `<p>${text(verdict.sentence)}</p>` : "";
  return `${rank}${lines.length > 0 ? `<ul>${lines.join("\n")}</ul>` : ""}`;
}

function modulesTable(adapter: OpenAdapter): string {
  const rows = moduleRows(adapter).map(([name, ...cells]) => [`<code>${text(name!)}</code>`, ...cells.map(text)]);
  const more =
    adapter.modules.size > rows.length ? `<p class="soft">The first ${whole(rows.length)} are listed.</p>` : "";
  return `${table("Modules", moduleHead(adapter), rows)}${more}`;
}

/** A map for each part of the model. Layers are rows, unless there are too many matrices for the columns. */
function maps(adapter: OpenAdapter): string {
  const all = modulesWithSpots(adapter);
  if (all.length > MAX_CELLS) return `<p class="soft">${counted(all.length, "module")} are too many for a map.</p>`;
  const largest = [...adapter.modules.values()].reduce((most, {norm}) => Math.max(most, norm), 0);
  const blocks = moduleBlocks(all);
  const maps = blocks.map(({title, layers, matrices, names}) => {
    const isTurned = matrices.length <= MAX_NUMBER_COLUMNS || matrices.length <= layers.length;
    const [rows, cols] = isTurned ? [layers, matrices] : [matrices, layers];
    const body = rows.map((one) => {
      const cells = cols.map((other) => {
        const [matrix, layer] = isTurned ? [other, one] : [one, other];
        return cell(adapter, names.get(`${matrix}\n${layer}`), largest, cols.length <= MAX_NUMBER_COLUMNS);
      });
      return `<tr><th scope="row">${text(one)}</th>${cells.join("")}</tr>`;
    });
    const heads = cols.map((name) => `<th scope="col">${text(name)}</th>`).join("");
    return `${blocks.length > 1 && title ? `<h3>${text(title)}</h3>` : ""}${scroller(`Map, ${title || "all modules"}`, `<table class="map"><thead><tr><td class="none">${isTurned ? "layer" : ""}</td>${heads}</tr></thead><tbody>${body.join("\n")}</tbody></table>`)}`;
  });
  return `${maps.join("\n")}<p class="soft">From 0 to ${short(largest)}. Without the base’s weights nobody can say whether that is a lot.</p>`;
}

function cell(adapter: OpenAdapter, name: string | undefined, largest: number, hasNumber: boolean): string {
  if (name === undefined) return '<td class="none"></td>';
  const one = adapter.modules.get(name);
  if (!one) return `<td class="bad" title="${text(name)}">!</td>`;
  const share = largest > 0 ? one.norm / largest : 0;
  return `<td style="--share:${fixedPercent(share)};color:${letterColor(share, "dw")}">${hasNumber ? cellText(one.norm) : ""}</td>`;
}

function cutsPart({even, split, bytes}: Cuts): string {
  const rows = even.map(({r, error, bytes}, i) => [
    String(r),
    fixedPercent(error, 2),
    fixedPercent(1 - error * error),
    fixedPercent(split[i]!.error, 2),
    fileSizeText(bytes),
  ]);
  const head = ["Rank", "‖ΔW − ΔW′‖ / ‖ΔW‖", "Of ‖ΔW‖² kept", "With the best split", "File size, about"];
  return `<h2>What lower ranks would lose</h2>
${table("What lower ranks would lose", head, rows)}
<p class="soft">Exact, by the singular values (Eckart and Young). The file has ${whole(bytes)} bytes now. What a cut costs on the task, only the task can tell.</p>`;
}
