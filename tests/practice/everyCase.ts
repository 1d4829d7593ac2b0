import {type Case, CHOICES, type Choice, caseAddress, caseOf} from "../../src/practice/cases.ts";
import {presets} from "../../src/practice/models.ts";

const choices = <F extends "task" | "subject" | "base">(field: F) => Object.keys(CHOICES[field]) as Choice<F>[];

/** Cases of every model, task, subject and base, with few and many examples, by their addresses. */
export function everyCase(): [address: string, one: Case][] {
  const found = new Map<string, Case>();
  for (const {id} of [...presets, {id: "own"}])
    for (const task of choices("task"))
      for (const base of choices("base"))
        for (const examples of ["300", "10000", "1000000"])
          for (const cards of ["1", "8"])
            for (const subject of task === "imitation" ? choices("subject") : ["other"]) {
              // The two kinds of examples, and a name and a file for the data, in turn.
              const data = subject === "code" ? "pair" : "messages";
              const set = examples === "300" ? "data/mine.jsonl" : "";
              const {run} = caseOf({model: id, task, subject, base, examples, cards, data, set});
              found.set(caseAddress(run), run);
            }
  return [...found];
}
