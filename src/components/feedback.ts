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

export const copies = (element: Element): Node[] => [...element.childNodes].map((node) => node.cloneNode(true));

/** The explanation of an item of the answer, and its link to the figure that shows it. */
export function explanation(item: Element): Node[] {
  const see = item.querySelector(".quiz-see");
  return [...copies(item.querySelector(".quiz-why")!), ...(see ? [see.cloneNode(true)] : [])];
}
