import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";

export interface WaysOptions<Way extends string> {
  /** What the positions are of, for screen readers. */
  legend: string;
  /** The positions and their labels, in order. */
  positions: readonly (readonly [way: Way, label: string])[];
  /** None where there is nothing to switch yet. */
  chosen: Way | undefined;
  onChoose(way: Way): void;
}

/** A switch of some positions: radio buttons in a row. */
export function positionSwitch<Way extends string>(
  box: Element,
  {legend, positions, chosen, onChoose}: WaysOptions<Way>,
) {
  const set = layer<HTMLFieldSetElement>(box, "fieldset", "switch");
  set.toggleAttribute("disabled", chosen === undefined);
  layer(set, "legend", "unseen", legend);
  select(layer(set, "div", "options"))
    .selectChildren<HTMLLabelElement, readonly [Way, string]>("label")
    .data(positions)
    .join("label")
    .each(function ([way, label]) {
      const radio = layer<HTMLInputElement>(this, "input", "radio");
      for (const [name, value] of Object.entries({type: "radio", name: "way", value: way}))
        radio.setAttribute(name, value);
      radio.toggleAttribute("checked", way === chosen);
      radio.checked = way === chosen;
      radio.onchange = () => onChoose(way);
      layer(this, "span", "text", label);
    });
}
