import {load, type WidgetName, widgetNames} from "../../widgets/registry.ts";
import {chapterList} from "../chapter/chapterList.ts";
import {widgetsIn} from "../gallery/gallery.ts";
import {address} from "../marks/fullAddress.ts";
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

const figure = async (name: WidgetName): Promise<Door> => ({
  id: name,
  title: `Figure: ${(await load(name)).title}`,
  address: address(`widgets/${name}/`),
});

/**
 * The site as a course: a stage a chapter with the chapter, its figures and its worksheet, then the lab with the figures
 * that stand in no chapter.
 */
export async function course(): Promise<Stage[]> {
  const chapters = (await chapterList()).filter(({entry}) => entry.data.ready);
  const names = chapters.map(({entry}) => widgetsIn(entry.body ?? ""));
  const figures = (list: readonly WidgetName[]) => Promise.all(list.map((name) => figure(name)));
  const stages = chapters.map(async ({order, slug, title}, i): Promise<Stage> => {
    const sheet = {id: "worksheet", title: `Worksheet: ${title}`, address: address(`teach/${slug}/`)};
    return {
      id: slug,
      title: `${order}. ${title}`,
      links: [
        {id: "chapter", title: `Chapter: ${title}`, address: address(`chapters/${slug}/`)},
        ...(await figures(names[i]!)),
        ...(onPaper(slug).length > 0 ? [sheet] : []),
      ],
    };
  });
  const lab = {id: "page", title: "The lab: train an adapter yourself", address: address("lab/")};
  const rest = await figures(widgetNames.filter((name) => !names.flat().includes(name)));
  return [...(await Promise.all(stages)), {id: "lab", title: "The lab", links: [lab, ...rest]}];
}
