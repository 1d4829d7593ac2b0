/** Below the sentence of a lab at full size: what puts a run right, "Take it home" and "Compare runs". */

import {isLoadError, reasonFor} from "../../../figure/errorNote.ts";
import {save} from "../../../figure/export/save.ts";
import {differences} from "../../../figure/parse.ts";
import {button} from "../../../figure/plot/button.ts";
import {attributes} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rescue} from "../../../figure/plot/rescue.ts";
import type {Room} from "../../../figure/plot/room.ts";
import type {Act} from "../../../figure/widget.ts";
import {controls, type LabParams, labSettings} from "../controls.ts";
import {ownPage} from "../ownPage.ts";
import {problemOf} from "../problem.ts";
import type {LabResult} from "../readings.ts";
import type {TrainedRun} from "../snapshot.ts";
import type {compareRuns} from "./compareRuns.ts";

export function below(box: Element, result: LabResult, params: LabParams, act: Act, room: Room) {
  // The sentence has said what is wrong.
  const {text = "", set = {}} = problemOf(result, params) ?? {};
  rescue(box, {isShown: text !== "", why: "", text, onPress: () => act.set(set)});
  takeHomeButton(box, result, params, act);
  compareFold(box, result, params, act, room);
}

/** The files of the archive besides the base and the script. */
const archiveContents: Readonly<Record<LabParams["method"], string>> = {
  lora: "the adapter as PEFT has it",
  bottleneck: "the adapter layers as safetensors (PEFT has no files of its own for them)",
  prefix: "the prefix as safetensors (no files for PEFT, whose prefixes fit only the models of a library)",
  full: "the tuned weights as safetensors",
};

/** Offers the finished run as an archive. */
function takeHomeButton(box: Element, result: LabResult, params: LabParams, act: Act) {
  const {trained} = result;
  const area = layer<HTMLElement>(box, "div", "home");
  const take = button(area, "take", "Take it home");
  attributes(take, {"aria-disabled": trained ? null : "true"});
  take.onclick = () =>
    trained &&
    void saveArchive(take.ownerDocument, trained, params).catch((error) =>
      act.say(`No file was made: ${reasonFor(error)}.`, isLoadError(error)),
    );
  ownPage.besideTakeHome?.(area, result, params, act);
  const holds = `A ZIP of the base, ${archiveContents[params.method]}, and a PyTorch script that loads both and gets the same losses.`;
  layer(area, "p", "holds", holds);
}

async function saveArchive(document: Document, trained: TrainedRun, params: LabParams) {
  const {runArchive} = await import("../takeHome/takeHome.ts");
  const isOwn = params.task === "own";
  // The words are in no link: they are pasted again on the lab's own page, which alone has a field for them.
  const query = new URLSearchParams(differences(controls, isOwn ? {...params, own: ""} : params));
  const link = isOwn ? `lab/?${query}, with the words pasted again` : `widgets/lab/?${query}`;
  save(document, "lora-lab.zip", await runArchive(labSettings(params), trained, link));
}

/** Draws what is behind the line, once somebody has opened it. */
let inside: typeof compareRuns | undefined;

/** The line "Compare runs". What is behind it is loaded when it is opened, and drawn while it is open. */
function compareFold(box: Element, result: LabResult, params: LabParams, act: Act, room: Room) {
  const fold = layer<HTMLDetailsElement>(box, "details", "compare");
  layer(fold, "summary", "label", "Compare runs");
  const area = layer(fold, "div", "lab");
  const draw = async () => {
    if (!fold.hasAttribute("open")) return;
    inside ??= (await import("./compareRuns.ts")).compareRuns;
    inside(area, result, params, act, room);
  };
  const tryToDraw = () => void draw().catch(() => act.say("The comparison of runs did not load.", true));
  fold.ontoggle = tryToDraw;
  // The question is inside, and nothing that was trained is shown before its answer.
  if (result.isGuessDue) fold.setAttribute("open", "");
  tryToDraw();
}
