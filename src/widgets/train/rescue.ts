import {layer} from "../../figures/layer.ts";
import {put} from "../../figures/text/put.ts";
import type {Act} from "../../shell/widget.ts";
import type {TrainResult} from "./see.ts";

/** Settings at which both optimizers stay in range, whatever else is set. */
export const safe = {rate: "0.01", alpha: 4} as const;

const WHY =
  "Each step overshoots: the loss grows instead of falling. A smaller η or a smaller α makes the steps shorter.";

/** Why the run comes to nothing: one of the two has left the range of numbers or is about to. */
export const diverged = ({lora, full}: TrainResult): string | undefined =>
  [lora, full].some(({losses, lost}) => lost !== undefined || losses.at(-1)! > 2 * losses[0]) ? WHY : undefined;

/** What to do when a run has left the range of numbers or is about to: one button to where it works. */
export function rescue(picture: Element, result: TrainResult, act: Act) {
  const box = layer<HTMLElement>(picture, "div", "rescue");
  box.toggleAttribute("hidden", !diverged(result));
  layer(box, "p", "why", WHY);
  const button = layer<HTMLButtonElement>(box, "button", "back");
  button.setAttribute("type", "button");
  put(button, `Set η to ${safe.rate} and α to ${safe.alpha}`);
  button.onclick = () => act.set(safe);
}
