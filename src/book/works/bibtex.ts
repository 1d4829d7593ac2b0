/** BibTeX of the works that the site cites, and of the site itself. */
import site from "../../../content/site.json" with {type: "json"};
import {type Reference, yearOf} from "./references.ts";

/**
 * The LaTeX command for each combining mark, by code point. The marks themselves are not written here, because the fonts contain
 * every character that occurs in a source.
 */
const ACCENTS: Readonly<Record<number, string>> = {
  768: "`",
  769: "'",
  770: "^",
  771: "~",
  772: "=",
  775: ".",
  776: '"',
  778: "r",
  779: "H",
  780: "v",
  807: "c",
  808: "k",
};

/** The commands for other signs. */
const SIGNS: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "&": "\\&",
  "%": "\\%",
  $: "\\$",
  "#": "\\#",
  _: "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "–": "--",
  "—": "---",
  "’": "'",
  "“": "``",
  "”": "''",
  Ł: "{\\L}",
  ł: "{\\l}",
};

/** Text for BibTeX, in ASCII: "Rücklé & Kaiser" → `R{\"u}ckl{\'e} \& Kaiser`. Throws for an unknown sign. */
export function bibtexText(text: string): string {
  return text
    .normalize("NFD")
    .replace(/([A-Za-z])(\p{M})|[^ -~]|[\\{}&%$#_~^]/gu, (sign, letter?: string, accent?: string) => {
      const command = accent === undefined ? SIGNS[sign] : ACCENTS[accent.codePointAt(0)!];
      if (command === undefined) throw new Error(`BibTeX: “${sign}” of “${text}” has no command; add it to bibtex.ts`);
      if (accent === undefined) return command;
      return `{\\${command}${/[a-zA-Z]/.test(command) ? `{${letter}}` : letter}}`;
    });
}

/** What the addresses of papers on arXiv begin with. */
const ARXIV = "https://arxiv.org/abs/";

/** The year in the name of a venue, "(ICLR 2022)", which takes precedence over the year in which a paper was posted. */
const venueYear = (venue = ""): string | undefined => /\([^)]*\b(\d{4})\)$/.exec(venue)?.[1];

/** The fields of an entry, with values already escaped. Undefined ones are left out. */
type Fields = Readonly<Record<string, string | undefined>>;

/** An entry as text, with every value in braces and the names of the fields aligned. */
export function writeEntry(type: string, key: string, fields: Fields): string {
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${name.padEnd(13)} = {${value}},`);
  return `@${type}{${key},\n${lines.join("\n")}\n}`;
}

/** The type of entry for each type of work in CSL-JSON. */
const ENTRY_TYPES = {
  article: "misc",
  "article-journal": "article",
  "paper-conference": "inproceedings",
  book: "book",
} as const;

/** The field for the venue of a work. */
const VENUE_FIELDS = {
  article: "howpublished",
  "article-journal": "journal",
  "paper-conference": "booktitle",
  book: "series",
} as const;

/** A work as a BibTeX entry. Its title has double braces, so that no style changes its capitals. */
export function bibtex(work: Reference): string {
  const {type, title, author, volume, issue, page, publisher, ISBN, DOI, URL: address} = work;
  const venue = work["container-title"];
  const eprint = address?.startsWith(ARXIV) ? address.slice(ARXIV.length) : undefined;
  const text = (value: string | undefined) => value && bibtexText(value);
  return writeEntry(ENTRY_TYPES[type], work.id, {
    author: author
      .map(({family, given}) => (given ? `${bibtexText(family)}, ${bibtexText(given)}` : `{${bibtexText(family)}}`))
      .join(" and "),
    title: `{${bibtexText(title)}}`,
    [VENUE_FIELDS[type]]: text(venue),
    publisher: text(publisher),
    year: venueYear(venue) ?? String(yearOf(work)),
    volume: text(volume),
    number: text(issue),
    pages: text(page),
    isbn: ISBN,
    doi: DOI,
    eprint,
    archivePrefix: eprint && "arXiv",
    url: address,
  });
}

/** Several works as one file, sorted by key. */
export const bibtexFile = (works: readonly Reference[]): string =>
  `${[...works]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(bibtex)
    .join("\n\n")}\n`;

const {key, title, authors, year, version} = site;

/** How to cite this site in a sentence. `home` is the address that it is built for, if known. */
export const siteCitation = (home?: string): string =>
  `${authors} (${year}). ${title}. Version ${version}.${home ? ` ${home}` : ""}`;

/** The citation of this site as a BibTeX entry. */
export const siteBibtex = (home?: string): string =>
  writeEntry("misc", key, {
    author: `{${bibtexText(authors)}}`,
    title: `{${bibtexText(title)}}`,
    year: String(year),
    note: `Version ${version}`,
    ...(home && {url: home}),
  });
