/** The guess in the figure `predict`: how it is kept, and what it sets in other figures. */
import {askToKeep} from "../kept/askToKeep.ts";
import type {Store} from "../kept/store.ts";

/** The reader's guess in the figure `predict`: its parameters as text, or "skipped". */
type Guess = {strategy: string; count: string; latency: string} | "skipped";

/** Where the sliders of the figure `predict` start. A slider that was not moved is no guess. */
export const SLIDER_STARTS = {count: "9", latency: "100"} as const;

/** The part of `<lora-widget>` used here. `ready` is missing where the element is not defined, as in an old browser. */
interface Figure extends HTMLElement {
  ready?: Promise<{set(raw: Readonly<Record<string, unknown>>): void}>;
}

/** The id of the guess among the kept predictions. */
const GUESS_ID = "widget-predict";
const PARAMETER_NAMES = ["strategy", "count", "latency"] as const;

/** "lowrank 7.3 25" or "skipped"; undefined for a guess that is not committed. */
export function writeGuess(state: Readonly<Record<string, unknown>>): string | undefined {
  if (state.committed === "skipped") return "skipped";
  return state.committed === "yes" ? PARAMETER_NAMES.map((name) => state[name]).join(" ") : undefined;
}

/** The reverse of `writeGuess`; undefined for any other text. The figure itself checks the values. */
export function readGuess(text: string | undefined): Guess | undefined {
  if (text === "skipped") return text;
  const [, strategy, count, latency] = /^([a-z]+) (\d+(?:\.\d+)?) (\d+)$/.exec(text ?? "") ?? [];
  return strategy && count && latency ? {strategy, count, latency} : undefined;
}

/** The parameters that each figure gets from the guess, by the figure's name: nothing from a slider that was not moved. */
export const parametersFrom = (guess: Guess): Readonly<Record<string, Readonly<Record<string, string>>>> =>
  guess === "skipped"
    ? {predict: {committed: guess}, latency: {guess: ""}, results: {guess: ""}}
    : {
        predict: {...guess, committed: "yes"},
        latency: {guess: guess.latency === SLIDER_STARTS.latency ? "" : guess.latency},
        results: {guess: guess.count === SLIDER_STARTS.count ? "" : guess.count},
      };

/** The figures of the page with that name. */
const figures = (root: Document, name: string) => root.querySelectorAll<Figure>(`lora-widget[name="${name}"]`);

/** Whether the page's address has a state of the figure `predict`, which then takes precedence over the guess. */
const isAddressed = (root: Document): boolean =>
  root.documentElement.hasAttribute("data-addressed") &&
  [...PARAMETER_NAMES, "committed"].some((name) => new URLSearchParams(root.location.search).has(name));

/** Sets the figures once they are live. It starts none of them. */
function setFigures(root: Document, guess: Guess, names: readonly string[]) {
  const parameters = parametersFrom(guess);
  for (const name of names)
    for (const figure of figures(root, name)) void figure.ready?.then((live) => live.set(parameters[name]!));
}

/**
 * Stores the guess in `predict` when it is committed, and shows it again there and in the figures with the evidence. The region
 * for the question of consent is added below the figure at once, so that screen readers announce it.
 */
export function startFigureGuess(root: Document, store: Store): void {
  const keptGuess = readGuess(store.get("prediction", GUESS_ID)?.given);
  if (keptGuess)
    setFigures(root, keptGuess, isAddressed(root) ? ["latency", "results"] : ["predict", "latency", "results"]);
  for (const figure of figures(root, "predict")) {
    const place = root.createElement("div");
    const region = root.createElement("div");
    region.className = "keeping";
    region.setAttribute("role", "status");
    place.append(region);
    figure.after(place);
    figure.addEventListener("lora-change", (event) => {
      const given = writeGuess((event as CustomEvent<{state: Record<string, unknown>}>).detail.state);
      const guess = readGuess(given);
      if (given === undefined || !guess || given === store.get("prediction", GUESS_ID)?.given) return;
      store.set("prediction", GUESS_ID, {given});
      setFigures(root, guess, ["latency", "results"]);
      if (guess !== "skipped") askToKeep(store, place);
    });
  }
}
