import {CLEARED, shelf} from "../../../figures/shelf.ts";
import {whole} from "../../../figures/text/format.ts";
import type {Act} from "../../../shell/widget.ts";
import {described, outcome} from "../comparison.ts";
import {kept, type LabParams, MOST, settingsOf, written} from "../controls.ts";
import type {LabResult} from "../readings.ts";

/** The runs that are kept, what each came to on what it never saw, and the way back to it. */
export function keptBox(picture: Element, result: LabResult, params: LabParams, act: Act) {
  const before = kept.read(params.kept).runs ?? [];
  const now = settingsOf(params);
  const isKept = before.some((run) => written(run) === written(now));
  shelf(
    picture,
    result.kept.map((run, i) => ({
      name: `kept-${i + 1}`,
      title: `Run ${i + 1}`,
      text: described(run.settings),
      value: [outcome(run), ...(run.trained === undefined ? [] : [`${whole(run.trained)} numbers`])].join(", "),
    })),
    {
      title: "Kept runs, and what each comes to on what it never saw",
      invitation: `Keep this run, then change one setting: both curves stay, and the sentence says what changed. Up to ${MOST} are kept.`,
      onKeep:
        isKept || before.length >= MOST
          ? undefined
          : () => act.set({kept: kept.keep([...before, now])}, `Run ${before.length + 1} kept: ${described(now)}.`),
      onClear: before.length ? () => act.set({kept: ""}, CLEARED) : undefined,
      onBack: (index) => act.set(before[index]),
    },
  );
}
