import {load, type WidgetName, widgetNames} from "../widgets/registry.ts";
import {chapterList} from "./chapterList.ts";
import {href} from "./href.ts";
import {onPaper} from "./worksheet.ts";

/** A page of the site as a course names it. `id` is its own among those of one chapter. */
interface Door {
  id: string;
  title: string;
  address: string;
}

export interface Stage {
  id: string;
  title: string;
  links: Door[];
}

/** The widgets that a chapter's text holds, each once, in its order. */
const widgetsIn = (text: string): WidgetName[] => [
  ...new Set([...text.matchAll(/<Widget[^>]*\bname="([a-z]+)"/g)].map(([, name]) => name as WidgetName)),
];

const figure = async (name: WidgetName, page: (path: string) => string): Promise<Door> => ({
  id: name,
  title: `Figure: ${(await load(name)).title}`,
  address: page(`widgets/${name}/`),
});

/**
 * The site as a course: a stage a chapter with the chapter, its figures and its worksheet, then the lab with the figures
 * that stand in no chapter.
 */
export async function course(site: URL): Promise<Stage[]> {
  const page = (path: string) => new URL(href(path), site).href;
  const chapters = (await chapterList()).filter(({entry}) => entry.data.ready);
  const names = chapters.map(({entry}) => widgetsIn(entry.body ?? ""));
  const figures = (list: readonly WidgetName[]) => Promise.all(list.map((name) => figure(name, page)));
  const stages = chapters.map(async ({order, slug, title}, i): Promise<Stage> => {
    const sheet = {id: "worksheet", title: `Worksheet: ${title}`, address: page(`teach/${slug}/`)};
    return {
      id: slug,
      title: `${order}. ${title}`,
      links: [
        {id: "chapter", title: `Chapter: ${title}`, address: page(`chapters/${slug}/`)},
        ...(await figures(names[i]!)),
        ...(onPaper(slug).length > 0 ? [sheet] : []),
      ],
    };
  });
  const lab = {id: "page", title: "The lab: train an adapter yourself", address: page("lab/")};
  const rest = await figures(widgetNames.filter((name) => !names.flat().includes(name)));
  return [...(await Promise.all(stages)), {id: "lab", title: "The lab", links: [lab, ...rest]}];
}
