import {loadWidget, type WidgetName, widgetNames} from "../../figures/registry.ts";
import {fullAddress} from "../../site/marks/fullAddress.ts";
import {chapterList} from "../chapter/chapterList.ts";
import {widgetsIn} from "../figure/gallery.ts";
import {paperQuestions} from "./worksheet.ts";

/** A page of the site in a course. */
export interface CourseLink {
  /** Unique in its module and the same in later editions, so that a platform that imports again updates the link. */
  id: string;
  title: string;
  /** A full address. */
  address: string;
}

/** Pages that belong together, such as a chapter with its figures. */
export interface CourseModule {
  /** Unique in the course. */
  id: string;
  title: string;
  links: readonly CourseLink[];
}

/** A figure's page as a link. */
const figureLink = async (name: WidgetName): Promise<CourseLink> => ({
  id: name,
  title: `Figure: ${(await loadWidget(name)).title}`,
  address: fullAddress(`widgets/${name}/`),
});

/**
 * The site as a course: a module for each chapter, with its figures and its worksheet, then one for the lab, with the figures that
 * are in no chapter.
 */
export async function siteCourse(): Promise<CourseModule[]> {
  const chapters = await chapterList();
  const names = chapters.map(({entry}) => widgetsIn(entry.body ?? ""));
  const figureLinks = (list: readonly WidgetName[]) => Promise.all(list.map((name) => figureLink(name)));
  const modules = chapters.map(async ({order, slug, title}, i): Promise<CourseModule> => {
    const worksheet = {id: "worksheet", title: `Worksheet: ${title}`, address: fullAddress(`teach/${slug}/`)};
    return {
      id: slug,
      title: `${order}. ${title}`,
      links: [
        {id: "chapter", title: `Chapter: ${title}`, address: fullAddress(`chapters/${slug}/`)},
        ...(await figureLinks(names[i]!)),
        ...(paperQuestions(slug).length > 0 ? [worksheet] : []),
      ],
    };
  });
  const labLink = {id: "page", title: "The lab: train an adapter yourself", address: fullAddress("lab/")};
  const otherFigures = await figureLinks(widgetNames.filter((name) => !names.flat().includes(name)));
  return [...(await Promise.all(modules)), {id: "lab", title: "The lab", links: [labLink, ...otherFigures]}];
}
