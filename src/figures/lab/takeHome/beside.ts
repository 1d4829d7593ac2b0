import type {Act} from "../../../figure/widget.ts";
import type {LabParams} from "../controls.ts";
import type {LabResult} from "../readings.ts";

/** Draws into the area of "Take it home". */
type Draw = (area: Element, result: LabResult, params: LabParams, act: Act) => void;

let draw: Draw | undefined;

/** The lab's own page brings along what stands beside "Take it home"; in an embed and in a chapter there is nothing. */
export const provideBeside = (one: Draw): void => {
  draw = one;
};

export const besideTakeHome: Draw = (...all) => draw?.(...all);
