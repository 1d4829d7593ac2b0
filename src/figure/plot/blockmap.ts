import {select} from "d3";
import {layer} from "./layer.ts";
import {withText} from "./text/put.ts";

/** A matrix of a transformer layer, as a button. */
export interface MatrixButton {
  letter: string;
  /** The index of its W. */
  index: string;
  isOn: boolean;
  /** Pressing it changes nothing. */
  isFixed?: boolean;
  /** A number inside it, such as the size of its change. */
  note: string;
  /** Its name for screen readers. */
  said: string;
}

export interface BlockmapOptions {
  label: string;
  /** Under the drawing. */
  foot: string;
  /** The label between the two matrices of the MLP. */
  between?: string;
  /** Without it the buttons cannot be pressed. */
  onToggle?(letter: string): void;
}

const [WIDTH, HEIGHT] = [256, 236];
/** Where the residual stream runs: attention and MLP read from it and add to it. */
const STREAM = 14;
const wires = [
  `M${STREAM} 0V${HEIGHT}`,
  `M${STREAM} 14H226M74 14V26M150 14V26M226 14V26`,
  "M74 66V84H98M150 66V76M226 66V84H202M150 92V98",
  `M112 118H${STREAM}`,
  `M${STREAM} 152H84V164`,
  "M128 184H166",
  `M206 204V220H${STREAM}`,
];
/** The heights of its two additions. */
const sums = [118, 220];
const notesOf = (between: string) => [
  {text: "softmax(qkᵀ)·v", x: 150, y: 88},
  {text: between, x: 147, y: 178},
];

/** A drawing of one transformer layer; its six matrices are toggle buttons. */
export function blockmap(
  figure: Element,
  places: readonly MatrixButton[],
  {label, foot, between = "ReLU", onToggle}: BlockmapOptions,
) {
  const box = layer(figure, "div", "blockmap");
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", label);
  layer(box, "p", "label", label);
  const plan = layer(box, "div", "plan");
  const svg = layer(plan, "svg", "wiring");
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("aria-hidden", "true");
  select(svg)
    .selectChildren<SVGPathElement, string>("path")
    .data(wires)
    .join("path")
    .attr("class", "wire")
    .attr("d", (d) => d);
  select(svg)
    .selectChildren<SVGCircleElement, number>("circle")
    .data(sums)
    .join("circle")
    .attr("class", "sum")
    .attr("cx", STREAM)
    .attr("cy", (y) => y)
    .attr("r", 5);
  select(svg)
    .selectChildren<SVGTextElement, ReturnType<typeof notesOf>[number]>("text")
    .data(notesOf(between))
    .join("text")
    .attr("x", ({x}) => x)
    .attr("y", ({y}) => y)
    .attr("text-anchor", "middle")
    .each(withText(({text}) => text));
  select(plan)
    .selectChildren<HTMLButtonElement, MatrixButton>("button")
    .data(places)
    .join("button")
    .attr("type", "button")
    .attr("class", ({letter}) => `place at-${letter}`)
    .attr("aria-pressed", ({isOn}) => String(isOn))
    .attr("aria-disabled", ({isFixed}) => (onToggle && !isFixed ? null : "true"))
    .attr("aria-label", ({said}) => said)
    .on("click", function (_, {letter, isFixed}) {
      if (!onToggle || isFixed) return;
      // Shows the press at once; the next draw sets the same.
      this.setAttribute("aria-pressed", String(this.getAttribute("aria-pressed") !== "true"));
      onToggle(letter);
    })
    .each(function ({index, note}) {
      const name = layer(this, "span", "name");
      layer(name, "span", "letter", "W");
      layer(name, "sub", "index", index);
      // Without the space a screen reader runs the two words together.
      layer(this, "span", "size", note && ` ${note}`);
    });
  layer(box, "p", "foot", foot);
}
