import {type AnyParams, defaults} from "../widgets/controls.ts";
import {differences, parse} from "../widgets/parse.ts";
import {isWidgetName, load} from "../widgets/registry.ts";
import {href} from "./href.ts";

type RawParams = Readonly<Record<string, string | number | boolean>>;

/** The figure of a chapter ("2.1") or the widget that a phrase, an option or a number points at, and how it shall stand. */
export type State = {figure: string; params: RawParams} | {widget: string; params: RawParams};

/** What a figure of a chapter is: its widget, and the parameters it starts with. */
export interface Placed {
  widget: string;
  params: Readonly<Record<string, string>>;
}

/** The numbered figures of a chapter's raw MDX, by number. What stands in code or in comments is no figure. */
export function figuresOf(body: string): Map<string, Placed> {
  const text = body.replace(/^(`{3,})[\s\S]*?^\1/gm, "").replace(/\{\/\*[\s\S]*?\*\/\}/g, "");
  const found = new Map<string, Placed>();
  for (const [, source] of text.matchAll(/<Widget\b([^>]*)>/g)) {
    const attributes = [...source!.matchAll(/([a-z][\w-]*)=(?:"([^"]*)"|\{([^}]*)\})/g)];
    const {name, figure, ...params} = Object.fromEntries(
      attributes.map(([, key, quoted, braced]) => [key, quoted ?? braced!.trim()]),
    );
    if (name !== undefined && figure !== undefined) found.set(figure, {widget: name, params});
  }
  return found;
}

const bodies = import.meta.glob<string>("../../content/chapters/*.mdx", {
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

/** What a link to a state is called: "figure 2.1", or "the rank figure" where it has no number. */
export const stateName = (state: State): string =>
  "figure" in state ? `figure ${state.figure}` : `the ${state.widget} figure`;
