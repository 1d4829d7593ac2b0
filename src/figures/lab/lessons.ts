import type {Kernels} from "../../engine/kernels/kernels.ts";
import type {LabSettings} from "./controls.ts";
import type {LabLesson} from "./lesson.ts";
import {operationLesson} from "./operationLesson.ts";
import {isOfWords} from "./tasks.ts";
import {wordListLesson} from "./wordListLesson.ts";

/** The lesson of these settings. `kernels` compute what the lesson needs before the run begins. */
export const lessonOf = ({task, examples, words}: LabSettings, kernels: Kernels): LabLesson =>
  isOfWords(task) ? wordListLesson({task, examples, words}, kernels) : operationLesson(task, examples);
