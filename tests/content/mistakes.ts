import type {Question} from "../../src/book/quiz/questions.ts";

/** A way to go wrong in a question: what is said of it, and the state of a figure that shows it. */
export type Mistake = {why: string; state?: Extract<Question, {kind: "ordering"}>["state"]};

/** The ways to go wrong that a question names. Who writes sentences compares them with a model answer instead. */
export function mistakesOf(asked: Question): readonly Mistake[] {
  switch (asked.kind) {
    case "choice":
      return asked.options.filter(({correct}) => !correct);
    case "numeric":
      return asked.wrong ?? [];
    case "ordering":
      return asked.items.map(({why}) => ({why, state: asked.state}));
    case "written":
      return [];
    case "code":
      return asked.mistakes;
  }
}

/** Every text of a question that is set as inline Markdown. */
export function textsOf(asked: Question): readonly string[] {
  const common = [asked.prompt, ...asked.hints, ...mistakesOf(asked).map(({why}) => why)];
  switch (asked.kind) {
    case "choice":
      return [...common, ...asked.options.flatMap(({text, why}) => [text, why])];
    case "numeric":
      return [...common, asked.why];
    case "ordering":
      return [...common, ...asked.items.map(({text}) => text)];
    case "written":
      return [...common, ...asked.rubric, ...asked.model];
    case "code":
      return [...common, asked.why, ...asked.given];
  }
}
