import {isList, type List, type TaskName} from "../shared/taskNames.ts";

/** What the lab teaches: a list or an operation of the site, or the reader's own words. */
export type LabTask = TaskName | "own";

/** Whether the word forge learns it. */
export const isOfWords = (task: LabTask): task is List | "own" => task === "own" || isList(task);
