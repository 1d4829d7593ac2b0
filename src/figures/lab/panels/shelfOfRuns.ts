import {layer} from "../../../figure/plot/layer.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import type {Act} from "../../../figure/widget.ts";
import {MOST_KEPT} from "../../shared/keptRuns.ts";
import {keptRunsShelf} from "../../shared/keptRunsShelf.ts";
import {keptRuns, type LabParams, settingsOf} from "../controls.ts";
import type {LabResult} from "../readings.ts";
import {described, outcome} from "../runDescription.ts";

export function shelfOfRuns(picture: Element, {kept}: LabResult, params: LabParams, act: Act) {
  keptRunsShelf(
    picture,
    kept.map((run) => ({
      text: described(run.settings),
      value: [outcome(run), ...(run.trained === undefined ? [] : [`${whole(run.trained)} parameters`])].join(", "),
    })),
    {
      title: "Kept runs, each with its score on unseen data",
      most: params.task === "own" ? 0 : MOST_KEPT,
      keptRuns,
      params,
      announced: described(settingsOf(params)),
    },
    act,
  );
  if (params.task === "own")
    layer(layer(picture, "div", "shelf"), "p", "invitation", "Runs on your own words are not kept.");
}
