import {select} from "d3";
import {layer} from "../../../figures/layer.ts";
import {withText} from "../../../figures/text/put.ts";
import type {Act} from "../../../shell/widget.ts";
import {type LabParams, WAYS, type WayChosen, wayOf} from "../controls.ts";

/** The positions that a method has: only a LoRA can be halved or merged. */
const positionsOf = ({method}: LabParams): readonly WayChosen[] =>
  method === "lora" ? ["off", "half", "on", "merged"] : ["off", "on"];

/** Off, Half, On, Merged: how the trained adapter is used. */
export function waySwitch(head: Element, {isReady, params}: {isReady: boolean; params: LabParams}, act: Act) {
  const set = layer<HTMLFieldSetElement>(head, "fieldset", "switch control choice");
  set.toggleAttribute("disabled", !isReady);
  layer(set, "legend", "unseen", "Adapter");
  const chosen = isReady ? wayOf(params) : undefined;
  select(layer(set, "div", "options"))
    .selectChildren<HTMLLabelElement, WayChosen>("label")
    .data(positionsOf(params))
    .join("label")
    .each(function (way) {
      const radio = layer<HTMLInputElement>(this, "input", "radio");
      for (const [name, value] of Object.entries({
        type: "radio",
        name: "way",
        value: way,
      }))
        radio.setAttribute(name, value);
      radio.checked = way === chosen;
      radio.onchange = () => act.set({way});
      select(layer(this, "span", "text"))
        .datum(WAYS[way])
        .each(withText((text) => text));
    });
}
