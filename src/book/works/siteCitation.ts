import site from "../../../content/site.json" with {type: "json"};
import {bibtexText, writeEntry} from "./bibtex.ts";

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
