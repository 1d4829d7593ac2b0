/** Draws what is below the sentence of a lab at full size: a button that fixes a run, "Take it home" and "Compare runs". */

import {isLoadError, reasonFor} from "../../../figure/errorNote.ts";
import {save} from "../../../figure/export/save.ts";
import {differences} from "../../../figure/parse.ts";
import {button} from "../../../figure/plot/button.ts";
import {attributes} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {drawRescue} from "../../../figure/plot/rescue.ts";
import type {Act} from "../../../figure/widget.ts";
import {controls, type LabParams, labSettings} from "../controls.ts";
import {ownPage} from "../ownPage.ts";
import type {TrainedRun} from "../protocol.ts";
import type {LabResult} from "../readings.ts";
import {problemOf} from "../sentences.ts";
import {drawComparison} from "./compare.ts";

export function drawBelow(box: Element, result: LabResult, params: LabParams, act: Act) {
  // The sentence has said what is wrong.
  const {text = "", set = {}} = problemOf(result, params) ?? {};
  drawRescue(box, {isShown: text !== "", why: "", text, onPress: () => act.set(set)});
  drawTakeHome(box, result, params, act);
  drawComparison(box, result, params, act);
}

/** Draws the button that saves the finished run as an archive. */
function drawTakeHome(box: Element, result: LabResult, params: LabParams, act: Act) {
  const {trained} = result;
  const area = layer<HTMLElement>(box, "div", "home");
  const take = button(area, "take", "Take it home");
  attributes(take, {"aria-disabled": trained ? null : "true"});
  take.onclick = () =>
    trained &&
    void saveArchive(take.ownerDocument, trained, params).catch((error) =>
      act.say(`No file was made: ${reasonFor(error)}.`, isLoadError(error)),
    );
  ownPage.drawBesideTakeHome?.(area, result, params, act);
  const what = params.method === "lora" ? "the adapter as PEFT has it" : "what was trained as safetensors";
  layer(
    area,
    "p",
    "holds",
    `A ZIP of the base, ${what}, and a PyTorch script that loads both and gets the same losses.`,
  );
}

/** Makes the archive of a run and saves it. */
async function saveArchive(document: Document, trained: TrainedRun, params: LabParams) {
  const {runArchive} = await import("../takeHome/takeHome.ts");
  // Words of the reader's own are in no link; only the lab's own page has a field to paste them into again.
  const query = new URLSearchParams(differences(controls, {...params, own: ""}));
  const isOwn = params.task === "own";
  const link = isOwn ? `lab/?${query}, with the words pasted again` : `widgets/lab/?${query}`;
  save(document, "lora-lab.zip", await runArchive(labSettings(params), trained, link));
}
