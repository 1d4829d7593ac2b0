import {addressOf, BASES, type Case, caseOf, TASKS} from "../../../src/answers/practice/cases.ts";
import {presets} from "../../../src/answers/practice/models.ts";

/** Cases of every model, task and base, with few and many examples, by their addresses. */
export function everyCase(): [address: string, one: Case][] {
  const found = new Map<string, Case>();
  for (const {id} of [...presets, {id: "own"}])
    for (const task of TASKS)
      for (const base of BASES)
        for (const examples of ["300", "10000", "1000000"])
          for (const cards of ["1", "8"]) {
            const {one} = caseOf({model: id, task, base, examples, cards});
            found.set(addressOf(one), one);
          }
  return [...found];
}
