import {version} from "../../package.json" with {type: "json"};
import {bibtexText, writeEntry} from "./bibtex.ts";

/** Of the copyright in LICENSE. */
const YEAR = 2026;
const TITLE = "LoRA, live: an interactive reading of “LoRA: Low-Rank Adaptation of Large Language Models”";
const AUTHORS = "The authors of LoRA, live";

/** How to cite this site in a sentence. `home` is the address it is built for. */
export const siteCitation = (home: string): string => `${AUTHORS} (${YEAR}). ${TITLE}. Version ${version}. ${home}`;

/** The same as BibTeX. */
export const siteBibtex = (home: string): string =>
  writeEntry("misc", `loralive${YEAR}`, {
    author: `{${bibtexText(AUTHORS)}}`,
    title: `{${bibtexText(TITLE)}}`,
    year: String(YEAR),
    note: `Version ${version}`,
    url: home,
  });
