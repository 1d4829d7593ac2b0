import {elementsOf} from "../../markup/mdxElements.ts";
import {type AnyParams, defaults} from "../../shell/controls.ts";
import {differences, parse} from "../../shell/parse.ts";
import {isWidgetName, load} from "../../widgets/registry.ts";
import {chapterFile} from "../chapter/chapters.ts";
import {href} from "../marks/href.ts";

type RawParams = Readonly<Record<string, string | number | boolean>>;

/** The figure of a chapter ("2.1") or the widget that a phrase, an option or a number points at, and how it shall stand. */
export type State = {figure: string; params: RawParams} | {widget: string; params: RawParams};

/** What a figure of a chapter is: its widget, and the parameters it starts with. */
export interface Placed {
  widget: string;
  params: Readonly<Record<string, string>>;
  /** Asked there in place of the widget's own title. */
  question?: string;
}

/** The numbered figures of a chapter's raw MDX, by number. */
export function figuresOf(body: string): Map<string, Placed> {
  const found = new Map<string, Placed>();
  for (const {attributes} of elementsOf(body).filter((element) => element.name === "Widget")) {
    // Widget.astro takes these beside the parameters.
    const {name, figure, question, controls: _, challenge: __, ...params} = attributes;
    if (name === undefined || figure === undefined) continue;
    found.set(figure, {widget: name, params, ...(question !== undefined && {question})});
  }
  return found;
}

const bodies = import.meta.glob<string>("../../../content/chapters/*.mdx", {
  eager: true,
  query: "?raw",
  import: "default",
});

/** Every numbered figure of every chapter. */
export const figures: ReadonlyMap<string, Placed> = new Map(
  Object.values(bodies).flatMap((body) => [...figuresOf(body)]),
);

export interface Settled {
  widget: string;
  params: AnyParams;
  /** The address of the widget's own page in this state. */
  address: string;
}

/**
 * A state as the figure will take it. `where` begins the errors: throws in a plain sentence when the figure or widget is
 * not there, when a name is none of its controls, or when a value would be clamped.
 */
export async function settle(where: string, state: State): Promise<Settled> {
  const placed = "figure" in state ? figures.get(state.figure) : {widget: state.widget, params: {}};
  if (!placed) throw new Error(`${where}: no chapter has a figure ${"figure" in state ? state.figure : ""}`);
  const {widget} = placed;
  if (!isWidgetName(widget)) throw new Error(`${where}: there is no widget ${widget} in src/widgets/registry.ts`);
  const {controls, bounds} = await load(widget);
  const stranger = Object.keys(state.params).find((name) => !Object.hasOwn(controls, name));
  if (stranger !== undefined)
    throw new Error(`${where}: ${stranger} is none of the controls of ${widget} (${Object.keys(controls).join(", ")})`);
  const raw = {...placed.params, ...state.params};
  const {params, notes} = parse(controls, raw, {base: defaults(controls), boundsOf: bounds});
  if (notes.length) throw new Error(`${where}: ${widget} cannot take this state. ${notes.join(" ")}`);
  const query = new URLSearchParams(differences(controls, params)).toString();
  return {widget, params, address: href(`widgets/${widget}/${query && `?${query}`}`)};
}

/** What the script needs to know of a state, as data attributes. */
export const stateData = (state: State) => ({
  "data-figure": "figure" in state ? state.figure : undefined,
  "data-widget": "widget" in state ? state.widget : undefined,
  "data-params": JSON.stringify(state.params),
});

const orders = new Map(Object.keys(bodies).map((path) => [chapterFile(path).slug, String(chapterFile(path).order)]));
const chapterOf = (figure: string): string => figure.split(".")[0]!;

/** The chapters' figure that a state is shown in: on a chapter's page its own where it has one, else the one that stands most like it. */
function figureFor(state: State, here: string | undefined): string | undefined {
  if ("figure" in state) return state.figure;
  const alike = ([, {params}]: readonly [string, Placed]) =>
    Object.entries(params).filter(([name, value]) => String(state.params[name]) === value).length;
  const all = [...figures].filter(([, {widget}]) => widget === state.widget);
  const own = all.find(([figure]) => chapterOf(figure) === here);
  return (own ?? all.sort((a, b) => alike(b) - alike(a))[0])?.[0];
}

/** What a link to a state says of the figure: its number, its question, its chapter; on that chapter's page the number is enough. */
export interface StateName {
  figure?: string;
  question?: string;
  chapter?: string;
}

/** Names a state on the page at `path`. A widget of no chapter has a question and nothing else. */
export async function stateName(state: State, path: string): Promise<StateName> {
  const here = orders.get(/\/chapters\/([\w-]+)/.exec(path)?.[1] ?? "");
  const figure = figureFor(state, here);
  const chapter = figure && chapterOf(figure);
  if (chapter && chapter === here) return {figure};
  const placed = figure ? figures.get(figure)! : {widget: (state as {widget: string}).widget};
  if (!isWidgetName(placed.widget)) throw new Error(`there is no widget ${placed.widget} in src/widgets/registry.ts`);
  const question = ("question" in placed && placed.question) || (await load(placed.widget)).title;
  return {...(figure && {figure, chapter}), question};
}

/** As plain words: "figure 2.1, “How much …?” (chapter 2)". */
export const stateNameText = ({figure, question, chapter}: StateName): string =>
  [figure && `figure ${figure}`, question && `“${question}”`].filter(Boolean).join(", ") +
  (chapter ? ` (chapter ${chapter})` : "");
