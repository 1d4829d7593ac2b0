import {createHash} from "node:crypto";
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parseHTML} from "linkedom";

/** What a picture for links shows, as the built site has it. */
export interface Subject {
  /** Its file in public/og/, "widgets/rank.png". */
  file: string;
  /** The page it stands for, and is drawn on, as a path in dist: "widgets/rank/". */
  page: string;
  /** Where it belongs, above the heading. */
  kicker: string;
  /** A question or a title. */
  heading: string;
  /** The figure's first frame, as HTML; none where the words stand alone. */
  frame?: string;
}

/** The picture of a page that its card shows. */
export const FRAME = "lora-widget > .widget > .picture";

const folders = (dist: string, under: string): string[] =>
  readdirSync(join(dist, under), {withFileTypes: true})
    .filter((entry) => entry.isDirectory())
    .map(({name}) => name)
    .sort();

/** The first figure of a page: from its opening tag to its closing one, so that the rest is not parsed. */
const FIGURE = /<lora-widget\b[\s\S]*?<\/lora-widget>/;

/** The first figure of a page as its document; undefined where the page has none. */
function figureOf(html: string): Document | undefined {
  const figure = FIGURE.exec(html)?.[0];
  return figure === undefined
    ? undefined
    : (parseHTML(`<!doctype html><html><body>${figure}</body></html>`).document as unknown as Document);
}

const text = (root: ParentNode, selector: string): string => root.querySelector(selector)?.textContent?.trim() ?? "";

/** Every card of the built site: its widgets, those in a state worth showing, its chapters, the site itself. */
export function subjectsOf(dist: string): Subject[] {
  const read = (page: string) => readFileSync(join(dist, page, "index.html"), "utf8");
  const home = read("");
  const {document: front} = parseHTML(home);
  const frameOf = (figure: Document | undefined) => figure?.querySelector(FRAME)?.outerHTML;

  const widgets = folders(dist, "widgets").flatMap((name): Subject[] => {
    const page = `widgets/${name}/`;
    const figure = figureOf(read(page));
    if (!figure) throw new Error(`cards: ${page} shows no figure`);
    // The page of a figure of an earlier edition has the card of the one that took its place.
    if (figure.querySelector("lora-widget")!.getAttribute("name") !== name) return [];
    return [
      {
        ...{file: `widgets/${name}.png`, page, kicker: "Interactive figure"},
        ...{heading: text(figure, ".title"), frame: frameOf(figure)},
      },
    ];
  });
  const presets = folders(dist, "widgets").flatMap((name) =>
    folders(dist, `widgets/${name}`).map((id): Subject => {
      const page = `widgets/${name}/${id}/`;
      const html = read(page);
      const heading = parseHTML(html).document.querySelector("h1")!.textContent!;
      return {
        ...{file: `widgets/${name}/${id}.png`, page, kicker: "Interactive figure"},
        ...{heading, frame: frameOf(figureOf(html))},
      };
    }),
  );
  const chapters = [...front.querySelectorAll(".path > li")].map((item): Subject => {
    const slug = item.getAttribute("data-chapter");
    const page = `chapters/${slug}/`;
    return {
      ...{file: `chapters/${slug}.png`, page, kicker: `Chapter ${Number(text(item, ".order"))} · ${text(item, "a")}`},
      ...{heading: text(item, ".question"), frame: frameOf(figureOf(read(page)))},
    };
  });
  const site: Subject = {
    ...{file: "site.png", page: "", kicker: "An interactive reading of the paper"},
    ...{heading: text(front as unknown as Document, "h1"), frame: frameOf(figureOf(home))},
  };
  return [...widgets, ...presets, ...chapters, site];
}

/** Digits that another processor may round another way do not count. */
const settled = (markup: string): string =>
  markup.replace(/-?\d+\.\d{4,}(?:e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(3))));

/** Changes when the words or the first frame of a card do, or the sheet it is set with. */
export function fingerprint({kicker, heading, frame = ""}: Subject, sheet: string): string {
  return createHash("sha256")
    .update(JSON.stringify([kicker, heading, settled(frame), sheet]))
    .digest("hex");
}
