/** The part of Take home with the files of what was found: the report, the numbers, a program that checks them. */

import {save} from "../figure/export/save.ts";
import {make} from "../figure/makeElement.ts";
import {CalledOff} from "./client.ts";
import {fileSizeText} from "./format.ts";
import {htmlReport} from "./htmlReport.ts";
import {part, pressButton, progressBar} from "./parts.ts";
import type {TakenFile} from "./protocol.ts";
import {nothingToCut} from "./resizeScreen.ts";
import type {ScreenContext} from "./state.ts";

export const saveFile = (root: Element, {name, bytes}: TakenFile) =>
  save(root.ownerDocument, name, new Blob([bytes], {type: "application/octet-stream"}));

export function foundPart(screen: ScreenContext, root: Element): void {
  const {client, state} = screen;
  const section = part(root, "What was found");
  const said = make(section, "div", "inspect-aside");
  said.setAttribute("role", "status");
  const list = make(section, "ul", "inspect-files");
  const offer = (name: string, what: string, fileOf: () => Promise<TakenFile>) => {
    const item = make(list, "li");
    pressButton(item, name, async () => {
      try {
        const file = await fileOf();
        saveFile(root, file);
        said.textContent = `${file.name} is saved.`;
      } catch (error) {
        said.textContent = error instanceof CalledOff ? "Stopped; nothing was written." : (error as Error).message;
      }
    });
    make(item, "span", "", what);
  };
  offer("The report, as a page", "one file that opens anywhere and prints; it names the SHA-256 of what was read", () =>
    reportPage(screen, said),
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
  for (const [as, name, what] of files) offer(name, what, () => client.ask("report", {slot: state.shown, as}));
}

/** The report as a page; the files are read once more for their SHA-256. */
async function reportPage({client, state}: ScreenContext, said: HTMLElement): Promise<TakenFile> {
  const slot = state.shown;
  const place = state.places[slot]!;
  said.replaceChildren();
  const stop = new AbortController();
  const tell = progressBar(said, "Reading the file for its SHA-256", () => stop.abort());
  const fingerprints = await client.ask(
    "fingerprints",
    {slot},
    {
      signal: stop.signal,
      news: ({done, of}) => tell(`SHA-256, ${fileSizeText(done)} of ${fileSizeText(of)}`, done / Math.max(1, of)),
    },
  );
  const canCut = nothingToCut([...place.modules.values()]) === undefined;
  const cuts = canCut ? (place.cuts ?? (await client.ask("cuts", {slot}))) : undefined;
  const day = new Date().toISOString().slice(0, 10);
  const html = htmlReport({place, fingerprints, day, ...(cuts && {cuts})});
  return {name: "report.html", bytes: new TextEncoder().encode(html)};
}
