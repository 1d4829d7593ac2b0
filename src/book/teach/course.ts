import {load, type WidgetName, widgetNames} from "../../figures/registry.ts";
import {fullAddress} from "../../site/marks/fullAddress.ts";
import {chapterList} from "../chapter/chapterList.ts";
import {widgetsIn} from "../figure/gallery.ts";
import {onPaper} from "./worksheet.ts";

/** A page of the site in a course. Its `id` is unique within a stage. */
interface CourseLink {
  id: string;
  title: string;
  address: string;
}

interface Stage {
  id: string;
  title: string;
  links: CourseLink[];
}

const figure = async (name: WidgetName): Promise<CourseLink> => ({
  id: name,
  title: `Figure: ${(await load(name)).title}`,
  address: fullAddress(`widgets/${name}/`),
});

/**
 * The site as a course: a stage for each chapter, with its figures and its worksheet, then the lab with the figures that are in
 * no chapter.
 */
export async function siteCourse(): Promise<Stage[]> {
  const chapters = (await chapterList()).filter(({entry}) => entry.data.ready);
  const names = chapters.map(({entry}) => widgetsIn(entry.body ?? ""));
  const figures = (list: readonly WidgetName[]) => Promise.all(list.map((name) => figure(name)));
  const stages = chapters.map(async ({order, slug, title}, i): Promise<Stage> => {
    const sheet = {id: "worksheet", title: `Worksheet: ${title}`, address: fullAddress(`teach/${slug}/`)};
    return {
      id: slug,
      title: `${order}. ${title}`,
      links: [
        {id: "chapter", title: `Chapter: ${title}`, address: fullAddress(`chapters/${slug}/`)},
        ...(await figures(names[i]!)),
        ...(onPaper(slug).length > 0 ? [sheet] : []),
      ],
    };
  });
  const lab = {id: "page", title: "The lab: train an adapter yourself", address: fullAddress("lab/")};
  const rest = await figures(widgetNames.filter((name) => !names.flat().includes(name)));
  return [...(await Promise.all(stages)), {id: "lab", title: "The lab", links: [lab, ...rest]}];
}
