import {elementsOf} from "../../site/markdown/mdxElements.ts";

/** The assumptions behind a chapter's reading time: words a minute, minutes for a figure and minutes for a question. */
export const PACE = {words: 200, figure: 3, question: 1} as const;

/** The reading time of a chapter's raw MDX in whole minutes. Code does not count, and a formula counts as a word. */
export function readingMinutes(body: string): number {
  const text = body.replace(/^(`{3,})[\s\S]*?^\1/gm, "").replace(/\{\/\*[\s\S]*?\*\/\}/g, "");
  const count = (name: string): number => elementsOf(body).filter((element) => element.name === name).length;
  // A widget that a chapter shows twice counts once, because the reader knows it by then.
  const widgets = elementsOf(body).flatMap(({name, attributes}) => (name === "Widget" ? attributes.name : []));
  const prose = text.replace(/\$\$[\s\S]*?\$\$|\$[^$\n]*\$/g, "x").replace(/<\/?[A-Za-z][^>]*>/g, "");
  const words = prose.match(/[\p{L}\p{N}][\p{L}\p{N}'’–-]*/gu)?.length ?? 0;
  return Math.round(words / PACE.words + PACE.figure * new Set(widgets).size + PACE.question * count("Quiz"));
}
