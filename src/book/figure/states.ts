/** The states of figures that the book refers to: each is checked and completed, named, linked to, and read out. */
import {type AnyParams, defaults} from "../../figure/controls.ts";
import {differences, parse} from "../../figure/parse.ts";
import {widgetWithModel} from "../../figure/runs/withModel.ts";
import {plainText} from "../../figure/symbols.ts";
import {isWidgetName, loadWidget, type WidgetName} from "../../figures/registry.ts";
import {elementsOf} from "../../site/markdown/mdxElements.ts";
import {href} from "../../site/marks/href.ts";
import {chapterBodies} from "../chapter/chapterBodies.ts";

type RawParams = Readonly<Record<string, string | number | boolean>>;

/** The state that a phrase, an option or a number refers to: parameters of a chapter's figure ("2.1") or of a widget. */
export type StateReference = {figure: string; params: RawParams} | {widget: string; params: RawParams};

/** A figure of a chapter: its widget, and the parameters it starts with. */
interface PlacedFigure {
  widget: string;
  params: Readonly<Record<string, string>>;
  /** Replaces the widget's own title. */
  question?: string;
}

/** The numbered figures of a chapter's raw MDX, by number. Code and comments are skipped. */
export function figuresOf(body: string): Map<string, PlacedFigure> {
  const byNumber = new Map<string, PlacedFigure>();
  for (const {attributes} of elementsOf(body).filter((element) => element.name === "Widget")) {
    // Widget.astro takes these beside the parameters.
    const {name, figure, question, controls: _, main: __, challenge: ___, ...params} = attributes;
    if (name === undefined || figure === undefined) continue;
    byNumber.set(figure, {widget: name, params, ...(question !== undefined && {question})});
  }
  return byNumber;
}

/** Every numbered figure of every chapter. */
export const figures: ReadonlyMap<string, PlacedFigure> = new Map(
  chapterBodies.flatMap(({body}) => [...figuresOf(body)]),
);

/** A state with all parameters of its widget. */
interface ResolvedState {
  widget: WidgetName;
  params: AnyParams;
  /** The address of the widget's own page in this state. */
  address: string;
}

/**
 * Checks a state and completes its parameters. Throws a sentence, beginning with `where`, when the figure or widget does not
 * exist, when a name is not one of its controls, or when a value would be clamped.
 */
export async function resolveState(where: string, state: StateReference): Promise<ResolvedState> {
  const placedFigure = "figure" in state ? figures.get(state.figure) : {widget: state.widget, params: {}};
  if (!placedFigure)
    throw new Error(
      `${where}: no chapter has a figure ${"figure" in state ? state.figure : ""}; there are ${[...figures.keys()].join(", ")}`,
    );
  const {widget} = placedFigure;
  if (!isWidgetName(widget)) throw new Error(`${where}: there is no widget ${widget} in src/figures/registry.ts`);
  const {controls, bounds} = await loadWidget(widget);
  const unknown = Object.keys(state.params).find((name) => !Object.hasOwn(controls, name));
  if (unknown !== undefined)
    throw new Error(`${where}: ${unknown} is none of the controls of ${widget} (${Object.keys(controls).join(", ")})`);
  const raw = {...placedFigure.params, ...state.params};
  const {params, notes} = parse(controls, raw, {base: defaults(controls), boundsOf: bounds});
  if (notes.length) throw new Error(`${where}: ${widget} cannot take this state. ${notes.join(" ")}`);
  const query = new URLSearchParams(differences(controls, params)).toString();
  return {widget, params, address: href(`widgets/${widget}/${query && `?${query}`}`)};
}

/** The data attributes by which the page's script finds the figure and its state: the same text for the same state. */
const stateData = (state: StateReference) => ({
  "data-figure": "figure" in state ? state.figure : undefined,
  "data-widget": "widget" in state ? state.widget : undefined,
  "data-params": JSON.stringify(state.params, Object.keys(state.params).sort()),
});

const chapterNumbers = new Map(chapterBodies.map(({slug, order}) => [slug, String(order)]));
/** The number of a figure's chapter: "2.1" → "2". */
const chapterOf = (figure: string): string => figure.split(".")[0]!;

/** The number of the figure that shows a state: the current chapter's, if it has one with that widget, else the most similar one. */
function figureFor(state: StateReference, here: string | undefined): string | undefined {
  if ("figure" in state) return state.figure;
  const matchCount = ([, {params}]: readonly [string, PlacedFigure]) =>
    Object.entries(params).filter(([name, value]) => String(state.params[name]) === value).length;
  const candidates = [...figures].filter(([, {widget}]) => widget === state.widget);
  const figureHere = candidates.find(([figure]) => chapterOf(figure) === here);
  return (figureHere ?? candidates.sort((a, b) => matchCount(b) - matchCount(a))[0])?.[0];
}

/** How a link names the figure: by number, question and chapter. On that chapter's own page only the number is given. */
interface StateName {
  figure?: string;
  question?: string;
  chapter?: string;
}

/** The name of a state for the page at `path`. A widget of no chapter has only its question. */
export async function stateName(state: StateReference, path: string): Promise<StateName> {
  const here = chapterNumbers.get(/\/chapters\/([\w-]+)/.exec(path)?.[1] ?? "");
  const figure = figureFor(state, here);
  const chapter = figure && chapterOf(figure);
  if (chapter && chapter === here) return {figure};
  const placedFigure = figure ? figures.get(figure)! : {widget: (state as {widget: string}).widget};
  if (!isWidgetName(placedFigure.widget))
    throw new Error(`${path}: there is no widget ${placedFigure.widget} in src/figures/registry.ts`);
  const question =
    ("question" in placedFigure && placedFigure.question) || (await loadWidget(placedFigure.widget)).title;
  return {...(figure && {figure, chapter}), question};
}

/** The parameters that a state names, with the values that its figure has: "10.0" for a choice that was written as 10. */
const namedParamsOf = (state: StateReference, {params}: ResolvedState): RawParams =>
  Object.fromEntries(Object.keys(state.params).map((name) => [name, params[name]]));

/**
 * The attributes of a link that sets a figure on the page at `path`. It is marked if its figure begins in that state: the page's
 * script does the same whenever the figure moves (src/book/stage/phrases.ts).
 */
export async function phraseAttributes(state: StateReference, resolved: ResolvedState, path: string) {
  const namedParams = namedParamsOf(state, resolved);
  const {figure, chapter} = await stateName(state, path);
  const isHere = figure !== undefined && chapter === undefined;
  const firstParams = isHere && (await resolveState(`figure ${figure}`, {figure, params: {}})).params;
  const isShown = firstParams && Object.entries(namedParams).every(([name, value]) => firstParams[name] === value);
  return {
    href: resolved.address,
    ...stateData({...state, params: namedParams}),
    "aria-current": isShown ? ("true" as const) : undefined,
  };
}

/** The name as text: "figure 2.1, “How much …?” (chapter 2)". */
export const stateNameText = ({figure, question, chapter}: StateName): string =>
  [figure && `figure ${figure}`, question && `“${question}”`].filter(Boolean).join(", ") +
  (chapter ? ` (chapter ${chapter})` : "");

/** The value that a figure's readout has in a state, as text. Throws, naming all readouts, if none has this label. */
export async function readOut(
  {widget, params}: Pick<ResolvedState, "widget" | "params">,
  label: string,
): Promise<string> {
  const w = await widgetWithModel(widget);
  const readouts = w.readouts(w.compute(params), params);
  const found = readouts.find((one) => plainText(one.label) === label);
  if (found) return found.value;
  throw new Error(
    `${widget} reads out no “${label}”; there are ${readouts.map((one) => plainText(one.label)).join(", ")}`,
  );
}
