import {parseHTML} from "linkedom";
import type {Entry, Group} from "../../components/search/entry.ts";
import {pageText} from "./pageText.ts";

const groupOf = (path: string): Group =>
  (({chapters: "Chapters", widgets: "Widgets", glossary: "Glossary", paper: "Paper", engine: "Engine"}) as const)[
    path.split("/")[0]!
  ] ?? "Pages";

const textAt = (root: ParentNode, selector: string): string => {
  const found = root.querySelector(selector);
  return found ? pageText(found) : "";
};

/** A kind of thing with an anchor of its own on a page, such as a term or a work. */
interface Thing {
  selector: string;
  /** Its entry; undefined if it is not searchable. */
  read(element: Element): (Pick<Entry, "title"> & Partial<Entry>) | undefined;
}

const without = (text: string, title: string) => text.replace(title, "").trim();

const things: readonly Thing[] = [
  {
    selector: ".glossary > [id]",
    read(item) {
      const symbol = textAt(item, ".symbol");
      const code = textAt(item, "code");
      const title = pageText(item.querySelector("dt")!, (e) => (e.matches(".symbol, code") ? "" : undefined));
      const text = pageText(item.querySelector("dd")!, (e) => (e.matches("a:last-child") ? "" : undefined));
      return {title, text, place: "", names: `${symbol} ${code}`.trim()};
    },
  },
  {selector: ".interview[id]", read: (card) => ({title: textAt(card, ".interview-asked")})},
  {
    selector: ".work[id]",
    read: (work) => ({
      title: textAt(work, "cite"),
      text: `${textAt(work, ".work-note")} ${textAt(work, ".work-entry")}`,
    }),
  },
  {selector: "li[id^='ref-']", read: (item) => ({title: textAt(item, "cite"), text: pageText(item)})},
  {
    selector: "tr[id^='number-']",
    read(row) {
      const leaves = Array.from(row.querySelectorAll("th span")).filter(({children}) => children.length === 0);
      const numbers = leaves.map((leaf) => pageText(leaf));
      const number = numbers.join(" ");
      const [counts = "", ...cells] = Array.from(row.querySelectorAll("td"), (cell) => pageText(cell));
      // A long list of numbers makes a poor title, so what it counts is used.
      const title = number.length < 60 ? number : counts || numbers[0]!;
      return {title, text: [number, counts, ...cells].filter((part) => part && part !== title).join(" ")};
    },
  },
  {
    selector: ".slips > [id]",
    read: (slip) => ({title: `Slip: ${without(textAt(slip, "dt"), "Slip")}`, text: textAt(slip, "dd")}),
  },
  {
    selector: ".data-page .paper-table[id]",
    read(table) {
      const [number = "", ...words] = textAt(table, "caption").split(/(?<=^Table \d+) /);
      return {
        title: words.join(" "),
        text: `${textAt(table, "thead")} ${textAt(table, "tbody")}`.trim(),
        names: number,
      };
    },
  },
  {
    selector: ".engine .entry",
    read(entry) {
      const [, file] = /^function, .*?([\w-]+\.ts)/.exec(textAt(entry, ".where")) ?? [];
      // Types are left out: they are documented next to the functions that take them.
      if (!file) return undefined;
      const [sentence = ""] = /^.*?[.:](?= |$)/.exec(textAt(entry, "p")) ?? [];
      return {title: textAt(entry, "h4 a"), text: sentence, place: `Engine, ${file}`};
    },
  },
];

/** The entry of a widget's page: its question, its guide, the sentence of its first frame, and the names of its controls. */
function widgetEntry(main: Element, path: string): Entry {
  const controls = Array.from(main.querySelectorAll(".controls .name"), (name) => pageText(name));
  const texts = [".guide .how", ".guide .try", ".sentence"].map((part) => textAt(main, part));
  return {
    group: "Widgets",
    address: path,
    title: textAt(main, "h1"),
    place: "",
    text: `${texts.join(" ")} ${[...new Set(controls)].join(", ")}.`,
    names: path.split("/")[1]!,
  };
}

const BREAK = "\u0001";

/**
 * The search entries of a built page: the page itself, its sections and its things with an anchor. Pages with noindex have
 * none, nor have those of a widget in some state. Worksheets have only their lead, because their answers are on the same page. `path` starts at the site's root and ends
 * with a slash: "chapters/low-rank/".
 */
export function entriesOf(path: string, html: string): Entry[] {
  const {document} = parseHTML(html);
  const main = document.querySelector("main");
  const isHidden = document.querySelector("meta[name=robots]")?.getAttribute("content")?.includes("noindex");
  if (!main || isHidden) return [];
  const group = groupOf(path);
  if (/^widgets\/[^/]+\/./.test(path)) return [];
  if (/^widgets\/./.test(path)) return [widgetEntry(main, path)];

  const title = textAt(main, "h1") || (document.querySelector("title")?.textContent ?? "").split(" · ")[0]!;
  const number = Number(/\d+/.exec(main.querySelector(".opening .kicker")?.textContent ?? "")?.[0] ?? Number.NaN);
  const whole = {group, address: path, title, place: number >= 0 ? `Chapter ${number}` : "", names: ""};
  const worksheet = /^teach\/./.test(path);
  // The inspector's engine is for who comes from the engine's page; its functions would be a twentieth of the index.
  if (path === "engine/inspect/") return [];
  if (worksheet || ["widgets/", "review/", "inspect/"].includes(path)) {
    return [{...whole, text: textAt(main, ".lead"), place: worksheet ? "Worksheet" : ""}];
  }

  const place = number >= 0 ? `${number} ${title}` : title;
  const found: Entry[] = [];
  const sections: Entry[] = [{...whole, text: ""}];
  const text = pageText(main, (element) => {
    const thing = things.find(({selector}) => element.matches(selector));
    const id = element.id || element.querySelector("h4")?.id;
    if (thing && id) {
      const read = thing.read(element);
      if (read) found.push({group, address: `${path}#${id}`, place, text: "", names: "", ...read});
      return "";
    }
    if (element.localName === "h1") return "";
    const isHead = group === "Engine" ? element.localName === "h2" : /^h[23]$/.test(element.localName);
    if (!isHead || !id) return undefined;
    sections.push({group, address: `${path}#${id}`, title: pageText(element), place, text: "", names: ""});
    return BREAK;
  });
  for (const [i, part] of text.split(BREAK).entries()) sections[i]!.text = part.trim();
  // A work with a note of its own is also in the list of all works.
  const isTwice = ({address, title}: Entry) =>
    address.includes("#ref-") && found.some((other) => other.address.includes("#work-") && other.title === title);
  return [...sections, ...found.filter((one) => !isTwice(one))];
}
