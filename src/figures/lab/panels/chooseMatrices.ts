/** Draws the layer inside the lab's opened settings: which matrices are adapted, and how much each has changed. */

import {percent, whole} from "../../../figure/plot/text/format.ts";
import type {Act} from "../../../figure/widget.ts";
import {toggledMatrix} from "../../shared/attentionMatrices.ts";
import {LAYERS, type LabParams, labMatrices, MATRIX_LETTERS} from "../controls.ts";
import {deltaNormText} from "../format.ts";
import type {EvaluationAt, LabResult} from "../readings.ts";
import {blockmap} from "./blockmap.ts";

/** ‖ΔW‖ of a matrix, over both layers together. */
const changeOf = ({deltas}: EvaluationAt, i: number): number =>
  Math.hypot(...Array.from({length: LAYERS}, (_, l) => deltas[l * labMatrices.length + i]!));

/** The label of the drawing for each method. */
const labels: Readonly<Record<LabParams["method"], string>> = {
  lora: "Press the matrices to adapt",
  full: "Every matrix is trained, and everything else",
  bottleneck: "No matrix is adapted: one adapter layer follows attention and one the MLP",
  prefix: "No matrix is adapted: trained keys and values come before those of Wk and Wv",
};

export function drawMatrixChoice(box: Element, {now, setup}: LabResult, {on, method}: LabParams, act: Act) {
  const isLora = method === "lora";
  const isOn = (letter: string) => method === "full" || (isLora && on.includes(letter));
  const places = labMatrices.map(({letter, target}, i) => {
    const note = isOn(letter) ? deltaNormText(changeOf(now, i)) : "";
    const spokenName = note ? `${target} ${note}, the size of its change` : `${target}, frozen`;
    return {letter, isOn: isOn(letter), note, spokenName};
  });
  const count = `${whole(setup.trainedCount)} parameters trained, ${percent(setup.trainedCount / setup.baseCount)} of ${whole(setup.baseCount)}`;
  const what =
    isLora || method === "full"
      ? "Each choice is made in both layers. Inside: ‖ΔW‖."
      : "No weight changes, so nothing can be merged.";
  const toggle = (letter: string) =>
    act.set((current) => ({on: toggledMatrix(String(current.on), letter, MATRIX_LETTERS)}));
  blockmap(box, places, {label: labels[method], foot: `${what} ${count}.`, ...(isLora && {onToggle: toggle})});
}
