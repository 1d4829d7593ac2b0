/** The screen “Against the base”: how large ΔW is beside its weights, what a merge in BF16 keeps, and whether a checkpoint has it. */
import type {BaseReport} from "../engine/adapters/inspect/baseWords.ts";
import {make} from "../figure/makeElement.ts";
import {counted} from "../figure/plot/text/format.ts";
import {fileSizeText} from "./format.ts";
import {
  aside,
  factList,
  foldedTable,
  mainButton,
  note,
  paragraph,
  pressButton,
  runWithProgress,
  sayIfUnavailable,
  scrollingTable,
  titledSection,
  writeSentence,
} from "./parts.ts";
import type {DroppedFile} from "./protocol.ts";
import type {BaseCheck, OpenAdapter, ScreenContext} from "./state.ts";

/** At most this many modules are listed, those that lose most; a folded table has all. */
const MAX_LISTED = 12;

/** Draws the screen, and starts to read a base that was chosen and is not read yet. */
export function drawBaseScreen(screen: ScreenContext): void {
  const {state, sentence, panel} = screen;
  const adapter = state.adapters[state.shownSlot]!;
  if (sayIfUnavailable(screen, adapter)) return;
  const {baseCheck: check} = adapter;
  if (!check) {
    askForBase(screen, adapter);
    return;
  }
  if (check.report === undefined) {
    readBase(screen, adapter, check);
    return;
  }
  if (typeof check.report === "object") {
    showReport(screen, check.report, check);
    return;
  }
  writeSentence(sentence, check.report);
  const row = make(panel, "div", "inspect-buttons");
  pressButton(row, "Choose another base", () => screen.chooseFiles("base"), "main");
  pressButton(row, "Read again", () => readAgain(screen, check));
  if (check.checkpoint.length > 0)
    pressButton(row, "Leave the checkpoint out", () => readAgain(screen, Object.assign(check, {checkpoint: []})));
}

function readAgain(screen: ScreenContext, check: BaseCheck): void {
  delete check.report;
  screen.draw();
  screen.focusTab();
}

function askForBase(screen: ScreenContext, {opened}: OpenAdapter): void {
  const {sentence, panel} = screen;
  const base = opened.facts.base?.name;
  writeSentence(sentence, "This needs the base’s weights.");
  paragraph(
    panel,
    `Drop the .safetensors of ${base ?? "the base"} anywhere on this page, or choose them: one file, or all parts of one. Only the weights that this adapter changes are read, piece by piece, so gigabytes are fine. Nothing is sent.`,
  );
  paragraph(
    panel,
    "You then see how large ΔW is beside W, how much of it a merge in BF16 keeps and, if you add a merged checkpoint, whether this adapter is in it.",
  );
  mainButton(panel, "Choose the base", () => screen.chooseFiles("base"));
}

function readBase(screen: ScreenContext, adapter: OpenAdapter, check: BaseCheck): void {
  const {base, checkpoint} = check;
  runWithProgress(
    screen,
    {label: "Reading the base", stopped: "You stopped the reading."},
    (signal, show) =>
      screen.client.ask(
        "checkAgainstBase",
        {slot: screen.state.shownSlot, base, checkpoint},
        {progress: ({done, of}) => show(`${fileSizeText(done)} of ${fileSizeText(of)}`, done / of), signal},
      ),
    (report) => {
      if (adapter.baseCheck !== check) return;
      check.report = report;
      screen.draw();
    },
  );
}

/** The weights among files, in words: "model.safetensors", "model-00001-of-00004.safetensors and 3 more". */
const fileNamesText = (files: readonly DroppedFile[]) => {
  const weights = files.filter(({name}) => !/\.json$/i.test(name));
  const first = weights[0]?.name.split("/").at(-1) ?? "";
  return weights.length > 1 ? `${first} and ${weights.length - 1} more` : first;
};

function showReport(screen: ScreenContext, report: BaseReport, check: BaseCheck): void {
  const {sentence, panel} = screen;
  writeSentence(sentence, report.headline);
  if (report.presence) note(panel, report.presence);
  const columns = make(panel, "div", "inspect-columns");
  const left = make(columns, "div", "inspect-left");
  const right = make(columns, "div", "inspect-right");
  const section = titledSection(left, "Beside its base");
  const hasCheckpoint = report.presence !== undefined;
  factList(section, [["Base", fileNamesText(check.base), `stored as ${report.dtypes.join(", ")}`]]);
  if (hasCheckpoint)
    factList(section, [["Checkpoint", fileNamesText(check.checkpoint), `stored as ${report.mergedDtypes.join(", ")}`]]);
  if (report.left) note(section, report.left);
  for (const line of report.notes) aside(section, line);
  if (!hasCheckpoint)
    paragraph(
      titledSection(left, "Is it in a merged checkpoint?"),
      "Drop the checkpoint too, or choose it: one file, or all parts of one.",
    );
  const row = make(left, "div", "inspect-buttons");
  pressButton(row, hasCheckpoint ? "Choose another checkpoint" : "Choose a checkpoint", () =>
    screen.chooseFiles("checkpoint"),
  );
  pressButton(row, "Choose another base", () => screen.chooseFiles("base"));
  const {head, rows} = report;
  const tableSection = titledSection(
    right,
    rows.length > MAX_LISTED ? `The ${MAX_LISTED} modules that lose most` : "Module by module",
  );
  scrollingTable(tableSection, "Modules against the base", head, rows.slice(0, MAX_LISTED));
  if (rows.length > MAX_LISTED)
    foldedTable(
      tableSection,
      "All modules against the base",
      head,
      () => rows,
      `All ${counted(rows.length, "module")}`,
    );
}
