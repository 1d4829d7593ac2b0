/** The part of “Take home” with the reports: as a page, as numbers, and as a program that checks them. */
import {save} from "../figure/export/save.ts";
import {make} from "../figure/makeElement.ts";
import {CancelledError} from "./client.ts";
import {fileSizeText} from "./format.ts";
import {htmlReport} from "./htmlReport.ts";
import {aside, pressButton, progressBar, titledSection} from "./parts.ts";
import type {ExportedFile} from "./protocol.ts";
import {whyNothingToCut} from "./resizeScreen.ts";
import type {ScreenContext} from "./state.ts";

/** Saves a file on the reader's computer. `root` is any element of the page. */
export const saveFile = (root: Element, {name, bytes}: ExportedFile): void =>
  save(root.ownerDocument, name, new Blob([bytes], {type: "application/octet-stream"}));

/** Draws the part, with a button for each report. */
export function drawReportsPart(screen: ScreenContext, root: Element): void {
  const {client, state} = screen;
  const section = titledSection(root, "What was found");
  const status = make(section, "div", "inspect-aside");
  status.setAttribute("role", "status");
  const offer = (name: string, what: string, fileOf: () => Promise<ExportedFile>) => {
    const row = make(section, "div", "inspect-buttons");
    pressButton(row, name, async () => {
      try {
        const file = await fileOf();
        saveFile(root, file);
        status.textContent = `${file.name} is saved.`;
      } catch (error) {
        status.textContent =
          error instanceof CancelledError ? "Stopped; nothing was written." : (error as Error).message;
      }
    });
    aside(section, what);
  };
  offer("The report, as a page", "one file that opens anywhere and prints; it names the SHA-256 of what was read", () =>
    reportPage(screen, status),
  );
  const files = [
    ["csv", "The numbers, as CSV", "one line a module: norm, σ, ranks, scale"],
    ["json", "The report, as JSON", "facts, checks and all singular values, for a program"],
    [
      "python",
      "The same in Python",
      "a program that needs NumPy alone; it reads the file and the report, and says how far they differ",
    ],
  ] as const;
  for (const [as, name, what] of files) offer(name, what, () => client.ask("report", {slot: state.shownSlot, as}));
}

/** The report as an HTML file, for whose SHA-256 the adapter's files are read once more. */
async function reportPage({client, state}: ScreenContext, status: HTMLElement): Promise<ExportedFile> {
  const slot = state.shownSlot;
  const adapter = state.adapters[slot]!;
  status.replaceChildren();
  const stop = new AbortController();
  const showProgress = progressBar(status, "Reading the file for its SHA-256", () => stop.abort());
  const fingerprints = await client.ask(
    "fingerprints",
    {slot},
    {
      signal: stop.signal,
      progress: ({done, of}) =>
        showProgress(`SHA-256, ${fileSizeText(done)} of ${fileSizeText(of)}`, done / Math.max(1, of)),
    },
  );
  const canCut = whyNothingToCut([...adapter.modules.values()]) === undefined;
  const cuts = canCut ? (adapter.cuts ?? (await client.ask("cuts", {slot}))) : undefined;
  const day = new Date().toISOString().slice(0, 10);
  const page = document.implementation.createHTMLDocument();
  const html = htmlReport(page, {adapter, fingerprints, day, ...(cuts && {cuts})});
  return {name: "report.html", bytes: new TextEncoder().encode(html)};
}
