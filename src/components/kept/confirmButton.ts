/**
 * A button that asks before it acts: pressed, it gives way to the question with two buttons, the harmless one first and in
 * focus. Escape, or the harmless one, brings it back.
 */
export function confirmed(place: Element, label: string, question: string, act: () => void): void {
  const root = place.ownerDocument;
  const button = (text: string, onclick: () => void) => {
    const made = root.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.onclick = onclick;
    return made;
  };
  const first = button(label, () => {
    const group = root.createElement("div");
    group.className = "asked";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", question);
    const text = root.createElement("p");
    text.textContent = question;
    const back = () => {
      place.replaceChildren(first);
      first.focus();
    };
    const keepIt = button("Keep", back);
    group.addEventListener("keydown", ({key}) => {
      if (key === "Escape") back();
    });
    group.append(text, keepIt, " ", button("Erase", act));
    place.replaceChildren(group);
    keepIt.focus();
  });
  place.replaceChildren(first);
}
