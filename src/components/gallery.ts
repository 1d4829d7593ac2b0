import {load, type WidgetName, widgetNames} from "../widgets/registry.ts";
import type {AnyWidget} from "../widgets/widget.ts";

export interface Listed {
  name: WidgetName;
  w: AnyWidget;
}

/** Every widget of the registry, loaded. */
export const gallery = (): Promise<Listed[]> =>
  Promise.all(widgetNames.map(async (name) => ({name, w: await load(name)})));

const bodies = import.meta.glob<string>("../../content/chapters/*.mdx", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** The widgets that a chapter's text holds. */
export const widgetsIn = (body: string): WidgetName[] =>
  widgetNames.filter((name) => new RegExp(`<Widget[^>]*name="${name}"`).test(body));

/** Slugs of the chapters whose text holds the widget. */
export const chaptersWith = (name: WidgetName): string[] =>
  Object.entries(bodies)
    .filter(([, body]) => widgetsIn(body).includes(name))
    .map(([path]) => path.replace(/^.*\/\d{2}-|\.mdx$/g, ""));
