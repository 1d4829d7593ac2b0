import {layer} from "../../figures/layer.ts";
import type {Act} from "../widget.ts";
import type {TrainResult} from "./see.ts";

/** Settings at which both optimizers stay in range, whatever else is set. */
export const safe = {rate: "0.01", alpha: 4} as const;

/** What to do when a run has left the range of numbers or is about to: one button to where it works. */
export function rescue(picture: Element, {lora, full}: TrainResult, act: Act) {
  const isLost = [lora, full].some(({losses, lost}) => lost !== undefined || losses.at(-1)! > 2 * losses[0]);
  const box = layer<HTMLElement>(picture, "div", "rescue");
  if (isLost) box.removeAttribute("hidden");
  else box.setAttribute("hidden", "");
  layer(box, "p", "why").textContent =
    "Each step overshoots: the loss grows instead of falling. A smaller η or a smaller α makes the steps shorter.";
  const button = layer<HTMLButtonElement>(box, "button", "back");
  button.setAttribute("type", "button");
  button.textContent = `Set η to ${safe.rate} and α to ${safe.alpha}`;
  button.onclick = () => act.set(safe);
}
