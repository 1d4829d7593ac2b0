import type {AnyWidget} from "../../figure/widget.ts";
import {loadWidget, type WidgetName, widgetNames} from "../../figures/registry.ts";
import {elementsOf} from "../../site/markdown/mdxElements.ts";
import {chapterBodies} from "../chapter/chapterBodies.ts";

/** A widget of the registry, loaded. */
export interface LoadedWidget {
  name: WidgetName;
  w: AnyWidget;
}

/** Every widget of the registry, loaded. */
export const loadGallery = (): Promise<LoadedWidget[]> =>
  Promise.all(widgetNames.map(async (name) => ({name, w: await loadWidget(name)})));

/** The widgets in a chapter's text, each once, in their order. */
export const widgetsIn = (body: string): WidgetName[] => [
  ...new Set(
    elementsOf(body).flatMap(({name, attributes}) => (name === "Widget" ? (attributes.name as WidgetName) : [])),
  ),
];

/** The slugs of the chapters with this widget. */
export const chaptersWith = (name: WidgetName): string[] =>
  chapterBodies.filter(({body}) => widgetsIn(body).includes(name)).map(({slug}) => slug);

interface Chapter {
  slug: string;
}

/** A widget with the chapters that show it. */
export interface WidgetWithChapters<C extends Chapter = Chapter> extends LoadedWidget {
  /** Every chapter with the widget, in reading order. */
  chapters: C[];
}

/** The widgets in the order of the chapters in which they first appear; those in no chapter come last. */
export function inChapterOrder<C extends Chapter>(
  widgets: readonly LoadedWidget[],
  chapters: readonly C[],
  slugsOf: (name: WidgetName) => readonly string[] = chaptersWith,
): WidgetWithChapters<C>[] {
  const entries = widgets.map((one) => ({
    ...one,
    chapters: chapters.filter(({slug}) => slugsOf(one.name).includes(slug)),
  }));
  const place = ({chapters: [first]}: WidgetWithChapters<C>) => (first ? chapters.indexOf(first) : chapters.length);
  return entries.sort((a, b) => place(a) - place(b));
}

/** The first sentence of a guide. */
export const firstSentence = (guide: string): string => /^.+?[.?](?=\s|$)/.exec(guide)?.[0] ?? guide;
