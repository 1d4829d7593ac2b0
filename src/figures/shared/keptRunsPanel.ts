/** The panel of kept runs in a figure. */
import type {AnyParams} from "../../figure/controls.ts";
import {CLEARED, type KeptRunRow, keptRunList} from "../../figure/plot/keptRunList.ts";
import type {Act, Values} from "../../figure/widget.ts";
import type {KeptRuns} from "./keptRuns.ts";

interface KeptRunsPanelOptions<Run> {
  title: string;
  most: number;
  keptRuns: KeptRuns<Run>;
  /** The parameters of the picture; `kept` holds the kept runs as text. */
  params: Run & {kept: string};
  /** What is announced after "Run 3 kept: ". */
  announced: string;
  /** What going back sets besides the run. */
  back?: Values;
}

/** Draws the kept runs, with buttons to keep the run in the picture, to go back to a kept one, and to clear them. */
export function keptRunsPanel<Run extends AnyParams>(
  picture: Element,
  rows: readonly Omit<KeptRunRow, "name" | "title">[],
  {title, most, keptRuns, params, announced, back}: KeptRunsPanelOptions<Run>,
  act: Act,
) {
  const before = keptRuns.read(params.kept).runs ?? [];
  const now = keptRuns.settingsOf(params);
  const isKept = before.some((run) => keptRuns.textOf(run) === keptRuns.textOf(now));
  keptRunList(
    picture,
    rows.map((row, i) => ({name: `kept-${i + 1}`, title: `Run ${i + 1}`, ...row})),
    {
      title,
      invitation: `Keep this run, then change one setting: both curves stay, and the sentence says what changed. Up to ${most} are kept.`,
      onKeep:
        isKept || before.length >= most
          ? undefined
          : () => act.set({kept: keptRuns.write([...before, now])}, `Run ${before.length + 1} kept: ${announced}.`),
      onClear: before.length ? () => act.set({kept: ""}, CLEARED) : undefined,
      onBack: (index) => act.set({...before[index], ...back}),
    },
  );
}
