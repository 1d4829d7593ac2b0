/** The drawing of a layer inside the lab's opened settings: which matrices are adapted, and how much each has changed. */

import {blockmap, type MatrixButton} from "../../../figure/plot/blockmap.ts";
import {percent, whole} from "../../../figure/plot/text/format.ts";
import type {Act} from "../../../figure/widget.ts";
import {toggledMatrix} from "../../shared/attentionMatrices.ts";
import type {LabParams} from "../controls.ts";
import {deltaNormText} from "../format.ts";
import type {EvaluationAt, LabResult} from "../readings.ts";
import {LAYERS, labMatrices, MATRIX_LETTERS} from "../settings.ts";

/** ‖ΔW‖ of a matrix, over both layers together. */
const changeOf = ({deltas}: EvaluationAt, i: number): number =>
  Math.hypot(...Array.from({length: LAYERS}, (_, l) => deltas[l * labMatrices.length + i]!));

const labels: Readonly<Record<LabParams["method"], string>> = {
  lora: "Press the matrices to adapt",
  full: "Every matrix is trained, and everything else",
  bottleneck: "No matrix is adapted: one adapter layer follows attention and one the MLP",
  prefix: "No matrix is adapted: trained keys and values come before those of Wk and Wv",
};

export function chooseMatrices(box: Element, {now, setup}: LabResult, {on, method}: LabParams, act: Act) {
  const isFull = method === "full";
  const isLora = method === "lora";
  const places = labMatrices.map(({letter, target}, i): MatrixButton => {
    const isOn = isFull || (isLora && on.includes(letter));
    const note = isOn ? deltaNormText(changeOf(now, i)) : "";
    const spokenName = isOn ? `${target} ${note}, the size of its change` : `${target}, frozen`;
    return {letter, index: letter, isOn, note, spokenName};
  });
  const count = `${whole(setup.trained)} parameters trained, ${percent(setup.trained / setup.all)} of ${whole(setup.all)}`;
  blockmap(box, places, {
    label: labels[method],
    foot:
      isFull || isLora
        ? `Each choice is made in both layers. Inside: ‖ΔW‖. ${count}.`
        : `The same in both layers. ${count}. No weight changes, so nothing can be merged.`,
    ...(isLora
      ? {onToggle: (letter) => act.set((current) => ({on: toggledMatrix(String(current.on), letter, MATRIX_LETTERS)}))}
      : {}),
  });
}
