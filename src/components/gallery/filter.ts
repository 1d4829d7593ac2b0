/** As it is compared: no case, no accents, subscripts as plain digits. */
const folded = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether every word that was typed stands in `words`, in any order. */
export function holds(words: string, typed: string): boolean {
  const all = folded(words);
  return folded(typed)
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/**
 * Filters the cards of the gallery while the reader types, and says how many are left. Where scripts are off all
 * of them are there, and no field.
 */
export function startFilter(root: Document) {
  const form = root.querySelector<HTMLFormElement>("form.filter")!;
  const field = form.querySelector("input")!;
  const count = form.querySelector<HTMLElement>("[role=status]")!;
  const cards = [...root.querySelectorAll<HTMLElement>(".exhibit")];
  function update() {
    for (const card of cards) card.hidden = !holds(card.dataset.find!, field.value);
    const left = cards.filter(({hidden}) => !hidden).length;
    count.textContent = left
      ? `${left} of ${cards.length} figures`
      : "No figure has all these words. Take one away, or clear the field.";
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", update);
  // A browser that comes back to the page may have kept what was typed.
  update();
}
