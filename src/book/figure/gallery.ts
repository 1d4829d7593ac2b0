import type {AnyWidget} from "../../figure/widget.ts";
import {load, type WidgetName, widgetNames} from "../../figures/registry.ts";
import {elementsOf} from "../../site/markdown/mdxElements.ts";

export interface Listed {
  name: WidgetName;
  w: AnyWidget;
}

/** Every widget of the registry, loaded. */
export const gallery = (): Promise<Listed[]> =>
  Promise.all(widgetNames.map(async (name) => ({name, w: await load(name)})));

const bodies = import.meta.glob<string>("../../../content/chapters/*.mdx", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** The widgets in a chapter's text, each once, in their order. */
export const widgetsIn = (body: string): WidgetName[] => [
  ...new Set(
    elementsOf(body).flatMap(({name, attributes}) => (name === "Widget" ? (attributes.name as WidgetName) : [])),
  ),
];

/** The slugs of the chapters with this widget. */
export const chaptersWith = (name: WidgetName): string[] =>
  Object.entries(bodies)
    .filter(([, body]) => widgetsIn(body).includes(name))
    .map(([path]) => path.replace(/^.*\/\d{2}-|\.mdx$/g, ""));

interface Chapter {
  slug: string;
  title: string;
}

export interface Card<C extends Chapter = Chapter> extends Listed {
  /** Every chapter with the widget, in reading order. */
  chapters: C[];
}

/** The widgets in the order of the chapters in which they first appear; those in no chapter come last. */
export function inChapterOrder<C extends Chapter>(
  listed: readonly Listed[],
  chapters: readonly C[],
  slugsOf: (name: WidgetName) => readonly string[] = chaptersWith,
): Card<C>[] {
  const cards = listed.map((one) => ({
    ...one,
    chapters: chapters.filter(({slug}) => slugsOf(one.name).includes(slug)),
  }));
  const place = ({chapters: [first]}: Card<C>) => (first ? chapters.indexOf(first) : chapters.length);
  return cards.sort((a, b) => place(a) - place(b));
}

/** The first sentence of a guide. */
export const opening = (guide: string): string => /^.+?[.?](?=\s|$)/.exec(guide)?.[0] ?? guide;
