import {layer} from "../../../figure/plot/layer.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import type {Act} from "../../../figure/widget.ts";
import {MOST_KEPT} from "../../shared/keptRuns.ts";
import {keptRunsPanel} from "../../shared/keptRunsPanel.ts";
import {keptLabRuns, type LabParams, labSettings} from "../controls.ts";
import type {LabResult} from "../readings.ts";
import {labRunLine, runOutcome} from "../runDescription.ts";

export function shelfOfRuns(picture: Element, {kept}: LabResult, params: LabParams, act: Act) {
  keptRunsPanel(
    picture,
    kept.map((run) => ({
      text: labRunLine(run.settings),
      value: [runOutcome(run), ...(run.trained === undefined ? [] : [`${whole(run.trained)} parameters`])].join(", "),
    })),
    {
      title: "Kept runs, each with its score on unseen data",
      most: params.task === "own" ? 0 : MOST_KEPT,
      keptRuns: keptLabRuns,
      params,
      announced: labRunLine(labSettings(params)),
    },
    act,
  );
  if (params.task === "own")
    layer(layer(picture, "div", "shelf"), "p", "invitation", "Runs on your own words are not kept.");
}
