import type {Act} from "../../../figure/widget.ts";
import {chosenWay, type LabParams, WAYS, type WayChosen} from "../controls.ts";
import {positionSwitch} from "../drawing/ways.ts";

/** The positions that a method has: only a LoRA can be halved or merged. */
const positionsOf = ({method}: LabParams): readonly WayChosen[] =>
  method === "lora" ? ["off", "half", "on", "merged"] : ["off", "on"];

/** Off, Half, On, Merged: how the trained adapter is used. */
export function waySwitch(head: Element, {isReady, params}: {isReady: boolean; params: LabParams}, act: Act) {
  const {scale} = params;
  positionSwitch(head, {
    legend: "Adapter",
    positions: positionsOf(params).map(
      (way) => [way, way === "half" && scale !== 0.5 ? `× ${scale}` : WAYS[way]] as const,
    ),
    chosen: isReady ? chosenWay(params) : undefined,
    onChoose: (way) => act.set({applied: way}),
  });
}
