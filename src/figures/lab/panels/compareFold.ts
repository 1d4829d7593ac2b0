import {layer} from "../../../figure/plot/layer.ts";
import type {Room} from "../../../figure/plot/room.ts";
import type {Act} from "../../../figure/widget.ts";
import type {LabParams} from "../controls.ts";
import type {LabResult} from "../readings.ts";
import type {compareRuns} from "./compareRuns.ts";

/** Draws what is inside, once somebody has opened it. */
let inside: typeof compareRuns | undefined;
/** Draws the newest result into a fold. */
const newest = new WeakMap<Element, () => void>();

/** The line "Compare runs". What it opens is loaded when it is opened, and drawn while it is open. */
export function compareFold(box: Element, result: LabResult, params: LabParams, act: Act, room: Room) {
  const fold = layer<HTMLDetailsElement>(box, "details", "compare");
  layer(fold, "summary", "label", "Compare runs");
  const area = layer(fold, "div", "lab");
  const draw = () => {
    if (!fold.hasAttribute("open")) return;
    if (inside) return inside(area, result, params, act, room);
    import("./compareRuns.ts").then(
      (module) => {
        inside = module.compareRuns;
        newest.get(fold)!();
      },
      () => act.say("The comparison of runs did not load.", true),
    );
  };
  newest.set(fold, draw);
  fold.ontoggle = draw;
  // The question is inside, and nothing that was trained is shown before its answer.
  if (result.isGuessDue) fold.setAttribute("open", "");
  draw();
}
