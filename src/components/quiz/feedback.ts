/** Puts what came of an answer into the feedback of a question: the first piece leads, in bold where the answer was marked. */
export function say(quiz: HTMLElement, content: readonly (string | Node)[], isRight?: boolean): void {
  const feedback = quiz.querySelector(".quiz-feedback")!;
  const [first, ...rest] = content;
  const lead = quiz.ownerDocument.createElement(isRight === undefined ? "span" : "b");
  lead.append(first!);
  feedback.replaceChildren(lead, " ", ...rest);
  feedback.toggleAttribute("data-right", isRight === true);
  feedback.toggleAttribute("data-wrong", isRight === false);
}

/**
 * Why an answer cannot be taken, at the field that it is about: that has the focus then, and the feedback is its description.
 * Undefined: it can.
 */
export function refuse(quiz: HTMLElement, problem?: string): void {
  const field = quiz.querySelector<HTMLInputElement | HTMLTextAreaElement>("fieldset :is(input, textarea)");
  const feedback = quiz.querySelector(".quiz-feedback")!;
  if (!field) return;
  if (problem === undefined) {
    for (const name of ["aria-invalid", "aria-describedby"]) field.removeAttribute(name);
    return;
  }
  say(quiz, [problem]);
  feedback.id = `${quiz.id}-said`;
  // A radio button by itself cannot be invalid.
  if (field.type !== "radio") field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", feedback.id);
  field.focus();
}

export const copies = (element: Element): Node[] => [...element.childNodes].map((node) => node.cloneNode(true));

/** The explanation of an item of the answer, and its link to the figure that shows it. */
export function explanation(item: Element): Node[] {
  const see = item.querySelector(".quiz-see");
  return [...copies(item.querySelector(".quiz-why")!), ...(see ? [see.cloneNode(true)] : [])];
}
