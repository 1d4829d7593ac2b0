import {askToKeep} from "../kept/askToKeep.ts";
import type {Keep} from "../kept/store.ts";

/** What the reader guessed in the figure `predict`: its parameters as text, or that they skipped it. */
export type Guess = {strategy: string; count: string; latency: string} | "skipped";

/** The parts of `<lora-widget>` that are used here; without the class behind it (no scripts, an old browser) `ready` is missing. */
interface Figure extends HTMLElement {
  ready?: Promise<{set(raw: Readonly<Record<string, unknown>>): void}>;
}

const ID = "widget-predict";
const PARTS = ["strategy", "count", "latency"] as const;

/** "lowrank 7.3 25" or "skipped"; undefined for a state that is not committed. */
export function writeGuess(state: Readonly<Record<string, unknown>>): string | undefined {
  if (state.committed === "skipped") return "skipped";
  return state.committed === "yes" ? PARTS.map((name) => state[name]).join(" ") : undefined;
}

/** The reverse of `writeGuess`; undefined for any other text. What is in it the figure's own gate checks. */
export function readGuess(text: string | undefined): Guess | undefined {
  if (text === "skipped") return text;
  const [, strategy, count, latency] = /^([a-z]+) (\d+(?:\.\d+)?) (\d+)$/.exec(text ?? "") ?? [];
  return strategy && count && latency ? {strategy, count, latency} : undefined;
}

/** What each figure is told of the guess, by the figure's name. */
export const toldOf = (guess: Guess): Readonly<Record<string, Readonly<Record<string, string>>>> =>
  guess === "skipped"
    ? {predict: {committed: guess}, latency: {guess: ""}, results: {guess: ""}}
    : {predict: {...guess, committed: "yes"}, latency: {guess: guess.latency}, results: {guess: guess.count}};

/** The figures of the page with that name. */
const figures = (root: Document, name: string) => root.querySelectorAll<Figure>(`lora-widget[name="${name}"]`);

/** Whether the page's address holds a state of the figure: then that is what the reader asked for. */
const isAddressed = (root: Document): boolean =>
  root.documentElement.hasAttribute("data-addressed") &&
  [...PARTS, "committed"].some((name) => new URLSearchParams(root.location.search).has(name));

/** Tells the figures once they are live; none is woken for it. */
function tell(root: Document, guess: Guess, names: readonly string[]) {
  const told = toldOf(guess);
  for (const name of names)
    for (const figure of figures(root, name)) void figure.ready?.then((live) => live.set(told[name]!));
}

/**
 * The guess of `predict`: kept when it is committed, and shown again there and in the figures that hold the evidence. The place
 * where the reader is asked whether to keep stands below the figure from the start, so that it is announced.
 */
export function startGuess(root: Document, keep: Keep): void {
  const kept = readGuess(keep.get("prediction", ID)?.given);
  if (kept) tell(root, kept, isAddressed(root) ? ["latency", "results"] : ["predict", "latency", "results"]);
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
      if (given === undefined || !guess || given === keep.get("prediction", ID)?.given) return;
      keep.set("prediction", ID, {given});
      tell(root, guess, ["latency", "results"]);
      if (guess !== "skipped") askToKeep(keep, place);
    });
  }
}
