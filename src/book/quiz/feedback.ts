/** Fills the feedback of a question. The first piece leads, in bold where the answer was judged. */
export function showFeedback(quiz: HTMLElement, content: readonly (string | Node)[], isRight?: boolean): void {
  const feedback = quiz.querySelector(".quiz-feedback")!;
  const [first, ...rest] = content;
  const lead = quiz.ownerDocument.createElement(isRight === undefined ? "span" : "b");
  lead.append(first!);
  feedback.replaceChildren(lead, " ", ...rest);
  feedback.toggleAttribute("data-right", isRight === true);
  feedback.toggleAttribute("data-wrong", isRight === false);
}

/** Says why an answer cannot be taken, as the description of its field, and focuses the field. Without a problem, clears that. */
export function showProblem(quiz: HTMLElement, problem?: string): void {
  const field = quiz.querySelector<HTMLInputElement | HTMLTextAreaElement>("fieldset :is(input, textarea)");
  const feedback = quiz.querySelector(".quiz-feedback")!;
  if (!field) return;
  if (problem === undefined) {
    for (const name of ["aria-invalid", "aria-describedby"]) field.removeAttribute(name);
    return;
  }
  showFeedback(quiz, [problem]);
  feedback.id = `${quiz.id}-said`;
  // A single radio button cannot be invalid.
  if (field.type !== "radio") field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", feedback.id);
  field.focus();
}

/** Copies of what is in an element. */
export const clonedContent = (element: Element): Node[] => [...element.childNodes].map((node) => node.cloneNode(true));

/** The explanation in one item of the answer, and its link to the figure that shows it. */
export function explanation(item: Element): Node[] {
  const see = item.querySelector(".quiz-see");
  return [...clonedContent(item.querySelector(".quiz-why")!), ...(see ? [see.cloneNode(true)] : [])];
}
