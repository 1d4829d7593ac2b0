/** What the page's scripts use of `<lora-widget>`. `set` is missing where the element is not defined, as in an old browser. */
export interface Figure extends HTMLElement {
  set?(
    params: Readonly<Record<string, unknown>>,
    options?: Readonly<Record<string, unknown>>,
    how?: {isQuiet: boolean},
  ): Promise<unknown>;
  play?(): Promise<void>;
  /** Undefined before the figure answers. */
  readonly state?: Readonly<Record<string, unknown>> | undefined;
}

/** The parameters that a phrase names, each as its figure holds it. */
export const paramsOf = (link: HTMLElement): Readonly<Record<string, unknown>> | undefined =>
  link.dataset.params === undefined ? undefined : JSON.parse(link.dataset.params);

/** The figure of this page that a phrase sets, if it is here. */
export function figureOf(link: HTMLElement): Figure | null {
  const {figure, widget} = link.dataset;
  return link.ownerDocument.querySelector<Figure>(
    figure === undefined ? `lora-widget[name="${widget}"]` : `lora-widget[figure="${figure}"]`,
  );
}

/** The phrase that set a figure last, by a press or by scrolling. */
const lastPhrase = new WeakMap<Figure, HTMLElement>();

/** Remembers that this phrase set the figure last. */
export const rememberPhrase = (figure: Figure, phrase: HTMLElement) => lastPhrase.set(figure, phrase);

/**
 * Marks the phrases that name a figure's present state, and unmarks its others. If several name the same values, it marks only
 * the latest used or else the first; links outside the running text are all marked.
 */
export function markPhrases(figure: Figure) {
  const {state} = figure;
  if (!state) return;
  const [number, name] = [figure.getAttribute("figure"), figure.getAttribute("name")];
  const selector = `a.set[data-figure="${number}"], a.set[data-widget="${name}"]`;
  const currentLinks = new Map<unknown, HTMLElement>();
  for (const link of figure.ownerDocument.querySelectorAll<HTMLElement>(selector)) {
    if (figureOf(link) !== figure) continue;
    link.removeAttribute("aria-current");
    if (!Object.entries(paramsOf(link) ?? {}).every(([key, value]) => state[key] === value)) continue;
    const values = link.closest(".quiz-see") ? link : link.dataset.params;
    if (link === lastPhrase.get(figure) || !currentLinks.has(values)) currentLinks.set(values, link);
  }
  for (const link of currentLinks.values()) link.setAttribute("aria-current", "true");
}

/** Sets a figure to what a phrase names without putting it into the live region: the reader only scrolled. */
export async function setQuietly(figure: Figure, phrase: HTMLElement): Promise<void> {
  rememberPhrase(figure, phrase);
  await figure.set?.(paramsOf(phrase) ?? {}, {}, {isQuiet: true});
  markPhrases(figure);
}

/** Keeps the marks of the phrases up to date when a phrase, a step, a control or a run changes a figure. The marks of the first state are in the HTML. */
export function startPhraseMarks(root: Document): void {
  for (const type of ["lora-change", "lora-ready"])
    root.addEventListener(type, ({target}) => {
      if (target instanceof Element && target.localName === "lora-widget") markPhrases(target as Figure);
    });
}
