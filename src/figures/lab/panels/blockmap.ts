/** A drawing of one transformer layer whose six matrices are buttons. */
import {attributes, each, join, listen} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {put} from "../../../figure/plot/text/put.ts";

/** A matrix of a transformer layer, as a button. */
interface MatrixButton {
  /** The index of its W. */
  letter: string;
  isOn: boolean;
  /** A number inside it, such as the size of its change. */
  note: string;
  /** Its name for screen readers. */
  spokenName: string;
}

interface BlockmapOptions {
  /** Words above the drawing. */
  label: string;
  /** Words below the drawing. */
  foot: string;
  /** Without it the buttons cannot be pressed. */
  onToggle?(letter: string): void;
}

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

/** Draws the layer; its six matrices are toggle buttons. */
export function blockmap(figure: Element, places: readonly MatrixButton[], {label, foot, onToggle}: BlockmapOptions) {
  const box = layer(figure, "div", "blockmap");
  attributes(box, {role: "group", "aria-label": label});
  layer(box, "p", "label", label);
  const plan = layer(box, "div", "plan");
  const svg = layer(plan, "svg", "wiring");
  attributes(svg, {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true"});
  join(svg, "path", wires, {name: "wire"}, (wire, d) => attributes(wire, {d}));
  join(svg, "circle", sums, {name: "sum"}, (sum, cy) => attributes(sum, {cx: STREAM, cy, r: 5}));
  each(svg, "text", notes, (note, {text, x, y}) => {
    attributes(note, {x, y, "text-anchor": "middle"});
    put(note, text);
  });
  const classOf = ({letter}: MatrixButton) => `place at-${letter}`;
  join(plan, "button", places, {name: classOf}, (button, {letter, isOn, note, spokenName}) => {
    attributes(button, {
      type: "button",
      "aria-pressed": String(isOn),
      "aria-disabled": onToggle ? null : "true",
      "aria-label": spokenName,
    });
    const toggle = () => {
      // Shows the press at once; the next drawing sets the same.
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      onToggle!(letter);
    };
    listen(button, "click", onToggle && toggle);
    const name = layer(button, "span", "name");
    layer(name, "span", "letter", "W");
    layer(name, "sub", "index", letter);
    // Without the space a screen reader runs the two words together.
    layer(button, "span", "size", note && ` ${note}`);
  });
  layer(box, "p", "foot", foot);
}
