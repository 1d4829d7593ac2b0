/** Draws a transformer layer inside the lab's opened settings: its six matrices are buttons that choose which of them are adapted. */

import {attributes, each, join, listen} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {percent, whole} from "../../../figure/plot/text/format.ts";
import {put} from "../../../figure/plot/text/put.ts";
import type {Act} from "../../../figure/widget.ts";
import {toggledMatrix} from "../../shared/attentionMatrices.ts";
import {LAYERS, type LabParams, labMatrices, MATRIX_LETTERS} from "../controls.ts";
import {deltaNormText} from "../format.ts";
import type {EvaluationAt, LabResult} from "../readings.ts";

/** The size of the drawing in units. */
const [WIDTH, HEIGHT] = [256, 236];
/** The x of the residual stream, from which attention and MLP read and to which they add. */
const STREAM = 14;
/** The lines between stream, matrices and operations. */
const wires = [
  `M${STREAM} 0V${HEIGHT}`,
  `M${STREAM} 14H226M74 14V26M150 14V26M226 14V26`,
  "M74 66V84H98M150 66V76M226 66V84H202M150 92V98",
  `M112 118H${STREAM}`,
  `M${STREAM} 152H84V164`,
  "M128 184H166",
  `M206 204V220H${STREAM}`,
];
/** The heights at which attention and MLP are added to the stream. */
const sums = [118, 220];
/** The operations between matrices. */
const notes = [
  {text: "softmax(qkᵀ)·v", x: 150, y: 88},
  {text: "ReLU", x: 147, y: 178},
];

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

/** Draws the lines between stream, matrices and operations, and the operations. */
function drawWiring(plan: Element) {
  const svg = layer(plan, "svg", "wiring");
  attributes(svg, {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true"});
  join(svg, "path", wires, {name: "wire"}, (wire, d) => attributes(wire, {d}));
  join(svg, "circle", sums, {name: "sum"}, (sum, cy) => attributes(sum, {cx: STREAM, cy, r: 5}));
  each(svg, "text", notes, (note, {text, x, y}) => {
    attributes(note, {x, y, "text-anchor": "middle"});
    put(note, text);
  });
}

/** Draws the layer, with the size of each matrix's change inside it. With LoRA a press adapts a matrix or no longer adapts it. */
export function drawMatrixChoice(panel: Element, {now, setup}: LabResult, {on, method}: LabParams, act: Act) {
  const isLora = method === "lora";
  const box = layer(panel, "div", "blockmap");
  attributes(box, {role: "group", "aria-label": labels[method]});
  layer(box, "p", "label", labels[method]);
  const plan = layer(box, "div", "plan");
  drawWiring(plan);
  const name = ({letter}: (typeof labMatrices)[number]) => `place at-${letter}`;
  join(plan, "button", labMatrices, {name}, (button, {letter, target}, i) => {
    const isOn = method === "full" || (isLora && on.includes(letter));
    const size = isOn ? deltaNormText(changeOf(now, i)) : "";
    attributes(button, {
      type: "button",
      "aria-pressed": String(isOn),
      "aria-disabled": isLora ? null : "true",
      "aria-label": size ? `${target} ${size}, the size of its change` : `${target}, frozen`,
    });
    const toggle = () => {
      // Shows the press at once; the next drawing sets the same.
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      act.set((current) => ({on: toggledMatrix(String(current.on), letter, MATRIX_LETTERS)}));
    };
    listen(button, "click", isLora ? toggle : undefined);
    const matrixName = layer(button, "span", "name");
    layer(matrixName, "span", "letter", "W");
    layer(matrixName, "sub", "index", letter);
    // Without the space a screen reader runs the two words together.
    layer(button, "span", "size", size && ` ${size}`);
  });
  const choice =
    isLora || method === "full"
      ? "Each choice is made in both layers. Inside: ‖ΔW‖."
      : "No weight changes, so nothing can be merged.";
  const count = `${whole(setup.trainedCount)} parameters trained, ${percent(setup.trainedCount / setup.baseCount)} of ${whole(setup.baseCount)}`;
  layer(box, "p", "foot", `${choice} ${count}.`);
}
