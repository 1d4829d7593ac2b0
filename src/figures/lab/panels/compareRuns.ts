import type {Room} from "../../../figure/plot/room.ts";
import type {Act} from "../../../figure/widget.ts";
import type {LabParams} from "../controls.ts";
import type {LabResult} from "../readings.ts";
import {askGuess} from "./askGuess.ts";
import {learningCurve} from "./learningCurve.ts";
import {shelfOfRuns} from "./shelfOfRuns.ts";
import {useModel} from "./useModel.ts";

/** What is behind "Compare runs": the question before a run, its curve, the ways to use it, and the runs that are kept. */
export function compareRuns(box: Element, result: LabResult, params: LabParams, act: Act, room: Room) {
  askGuess(box, result, params, act);
  learningCurve(box, result, params, act, room);
  useModel(box, result, params);
  shelfOfRuns(box, result, params, act);
}
