/** A text as it is compared: in lower case, without accents, with subscripts as digits. */
const foldText = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether `words` contains every word that was typed, in any order. */
export function matchesWords(words: string, typed: string): boolean {
  const foldedWords = foldText(words);
  return foldText(typed)
    .split(/\s+/)
    .every((word) => foldedWords.includes(word));
}

/**
 * Filters the cards of the gallery while the reader types, and says how many are left. Without scripts, the field is hidden
 * and all cards are shown.
 */
export function startFilter(root: Document) {
  const form = root.querySelector<HTMLFormElement>("form.filter")!;
  const field = form.querySelector("input")!;
  const count = form.querySelector<HTMLElement>("[role=status]")!;
  const cards = [...root.querySelectorAll<HTMLElement>(".exhibit")];
  function update() {
    for (const card of cards) card.hidden = !matchesWords(card.dataset.find!, field.value);
    const shownCount = cards.filter(({hidden}) => !hidden).length;
    count.textContent = shownCount
      ? `${shownCount} of ${cards.length} figures`
      : "No figure has all these words. Remove one, or clear the field.";
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", update);
  // When the reader goes back to the page, the browser may have kept the text.
  update();
}
