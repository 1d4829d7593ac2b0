/** The switch at the head of After. */

import {attributes, each} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Act} from "../../../figure/widget.ts";
import {chosenWay, type LabParams, WAYS, type WayChosen} from "../controls.ts";

/** Off, Half, On, Merged: how the trained adapter is used. Only a LoRA can be halved or merged. Before training nothing is chosen. */
export function waySwitch(head: Element, params: LabParams, isTrained: boolean, act: Act) {
  const {method, scale} = params;
  const set = layer(head, "fieldset", "switch");
  set.toggleAttribute("disabled", !isTrained);
  layer(set, "legend", "unseen", "Adapter");
  const ways: readonly WayChosen[] = method === "lora" ? ["off", "half", "on", "merged"] : ["off", "on"];
  each(layer(set, "div", "options"), "label", ways, (label, way) => {
    const isChosen = isTrained && way === chosenWay(params);
    const radio = layer<HTMLInputElement>(label, "input", "radio");
    attributes(radio, {type: "radio", name: "way", value: way, checked: isChosen ? "" : null});
    radio.checked = isChosen;
    radio.onchange = () => act.set({applied: way});
    layer(label, "span", "text", way === "half" && scale !== 0.5 ? `× ${scale}` : WAYS[way]);
  });
}
