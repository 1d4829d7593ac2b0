import {newButton} from "../../site/newButton.ts";

/**
 * A button that asks before it acts. Pressed, it is replaced by the question with two buttons, the harmless one first and
 * focused. That one, or Escape, brings the first button back.
 */
export function confirmButton(place: Element, label: string, question: string, act: () => void): void {
  const root = place.ownerDocument;
  const first = newButton(root, label, () => {
    const group = Object.assign(root.createElement("div"), {className: "asked"});
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", question);
    const back = () => {
      place.replaceChildren(first);
      first.focus();
    };
    const keepIt = newButton(root, "Keep", back);
    group.addEventListener("keydown", ({key}) => {
      if (key === "Escape") back();
    });
    const text = Object.assign(root.createElement("p"), {textContent: question});
    group.append(text, keepIt, " ", newButton(root, "Erase", act));
    place.replaceChildren(group);
    keepIt.focus();
  });
  place.replaceChildren(first);
}
