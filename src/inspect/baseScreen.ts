/** The screen “Against the base”: how large ΔW is beside its weights, what a merge in BF16 keeps, and whether a checkpoint has it. */
import type {BaseReport} from "../engine/adapters/inspect/baseWords.ts";
import {make} from "../figure/makeElement.ts";
import {counted} from "../figure/plot/text/format.ts";
import {Cancelled} from "./client.ts";
import {fileSizeText} from "./format.ts";
import {
  factList,
  foldedTable,
  pressButton,
  progressBar,
  scrollingTable,
  titledSection,
  writeSentence,
} from "./parts.ts";
import type {DroppedFile} from "./protocol.ts";
import type {OpenAdapter, ScreenContext} from "./state.ts";
import {isUnavailable} from "./unavailable.ts";

/** The modules that are listed, those that lose most; the others are in a folded table. */
const LISTED = 12;

/** Draws the screen, and begins to read where the base is known and was not read. */
export function baseScreen(screen: ScreenContext): void {
  const {state, sentence, panel} = screen;
  const adapter = state.adapters[state.shown]!;
  if (isUnavailable(screen, adapter)) return;
  const {against} = adapter;
  if (!against) {
    askForBase(screen, adapter);
    return;
  }
  if (against.report === undefined) {
    readBase(screen, adapter, against);
    return;
  }
  if (typeof against.report === "object") {
    showReport(screen, against.report, against);
    return;
  }
  writeSentence(sentence, against.report);
  const row = make(panel, "div", "inspect-buttons");
  pressButton(row, "Choose another base", () => screen.chooseFiles("base"), "main");
  pressButton(row, "Read again", () => readAnew(screen, against));
  if (against.merged.length > 0)
    pressButton(row, "Leave the checkpoint out", () => readAnew(screen, Object.assign(against, {merged: []})));
}

/** What has been chosen for an adapter, with the report or the sentence that came of it. */
type Against = NonNullable<OpenAdapter["against"]>;

function readAnew(screen: ScreenContext, against: Against): void {
  delete against.report;
  screen.draw();
  screen.focusTab();
}

function askForBase(screen: ScreenContext, {opened}: OpenAdapter): void {
  const {sentence, panel} = screen;
  const base = opened.facts.base?.name;
  writeSentence(sentence, "This needs the base’s weights.");
  make(
    panel,
    "p",
    "",
    `Drop the .safetensors of ${base ?? "the base"} anywhere on this page, or choose them: one file, or all parts of one. Only the weights that this adapter changes are read, piece by piece, so gigabytes are fine. Nothing is sent.`,
  );
  make(
    panel,
    "p",
    "",
    "You then see how large ΔW is beside W, how much of it a merge in BF16 keeps and, if you add a merged checkpoint, whether this adapter is in it.",
  );
  pressButton(make(panel, "div", "inspect-buttons"), "Choose the base", () => screen.chooseFiles("base"), "main");
}

function readBase(screen: ScreenContext, adapter: OpenAdapter, against: Against): void {
  const {state, sentence, panel, client} = screen;
  const {base, merged} = against;
  writeSentence(sentence, "Reading the base…");
  const stop = new AbortController();
  const tell = progressBar(panel, "Reading the base", () => stop.abort());
  let isUp = true;
  const end = (report: BaseReport | string) => {
    // Leaving the screen cancels the reading, which is no result to keep.
    if (!isUp || adapter.against !== against) return;
    against.report = report;
    screen.draw();
  };
  client
    .ask(
      "against",
      {slot: state.shown, base, merged},
      {
        progress: ({done, of}) => tell(`${fileSizeText(done)} of ${fileSizeText(of)}`, done / of),
        signal: stop.signal,
      },
    )
    .then(end, (error: Error) => end(error instanceof Cancelled ? "You stopped the reading." : error.message));
  screen.onLeave = () => {
    isUp = false;
    stop.abort();
  };
}

/** "model.safetensors", "model-00001-of-00004.safetensors and 3 more". */
const fileNames = (files: readonly DroppedFile[]) => {
  const weights = files.filter(({name}) => !/\.json$/i.test(name));
  const first = weights[0]?.name.split("/").at(-1) ?? "";
  return weights.length > 1 ? `${first} and ${weights.length - 1} more` : first;
};

function showReport(screen: ScreenContext, report: BaseReport, against: Against): void {
  const {sentence, panel} = screen;
  writeSentence(sentence, report.headline);
  if (report.presence) make(panel, "p", "inspect-note", report.presence);
  const columns = make(panel, "div", "inspect-columns");
  const left = make(columns, "div", "inspect-left");
  const right = make(columns, "div", "inspect-right");
  const section = titledSection(left, "Beside its base");
  const checkpoint: [string, string, string] = [
    "Checkpoint",
    fileNames(against.merged),
    `stored as ${report.mergedDtypes.join(", ")}`,
  ];
  factList(section, [
    ["Base", fileNames(against.base), `stored as ${report.dtypes.join(", ")}`],
    ...(report.presence === undefined ? [] : [checkpoint]),
  ]);
  if (report.left) make(section, "p", "inspect-note", report.left);
  for (const note of report.notes) make(section, "p", "inspect-aside", note);
  const hasCheckpoint = report.presence !== undefined;
  if (!hasCheckpoint)
    make(
      titledSection(left, "Is it in a merged checkpoint?"),
      "p",
      "",
      "Drop the checkpoint too, or choose it: one file, or all parts of one.",
    );
  const row = make(left, "div", "inspect-buttons");
  pressButton(row, hasCheckpoint ? "Choose another checkpoint" : "Choose a checkpoint", () =>
    screen.chooseFiles("merged"),
  );
  pressButton(row, "Choose another base", () => screen.chooseFiles("base"));
  const {head, rows} = report;
  const table = titledSection(
    right,
    rows.length > LISTED ? `The ${LISTED} modules that lose most` : "Module by module",
  );
  scrollingTable(table, "Modules against the base", head, rows.slice(0, LISTED));
  if (rows.length > LISTED)
    foldedTable(table, "All modules against the base", head, () => rows, `All ${counted(rows.length, "module")}`);
}
