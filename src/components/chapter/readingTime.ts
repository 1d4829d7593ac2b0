/** Words a minute, and minutes for a figure and for a question: what the estimate of a chapter's length rests on. */
export const PACE = {words: 200, figure: 3, question: 1} as const;

/** Whole minutes that a chapter's raw MDX is likely to take; what stands in code counts as nothing, a formula as a word. */
export function readingMinutes(body: string): number {
  const text = body.replace(/^(`{3,})[\s\S]*?^\1/gm, "").replace(/\{\/\*[\s\S]*?\*\/\}/g, "");
  const tags = (name: string): number => text.match(new RegExp(`<${name}\\b`, "g"))?.length ?? 0;
  const prose = text.replace(/\$\$[\s\S]*?\$\$|\$[^$\n]*\$/g, "x").replace(/<\/?[A-Za-z][^>]*>/g, "");
  const words = prose.match(/[\p{L}\p{N}][\p{L}\p{N}'’–-]*/gu)?.length ?? 0;
  return Math.round(words / PACE.words + PACE.figure * tags("Widget") + PACE.question * tags("Quiz"));
}

/** Does it ask the reader to predict before it tells? */
export const opensWithPrediction = (body: string): boolean =>
  /<Quiz\b[^>]*\spredict\b|<Widget\b[^>]*\bname="predict"/.test(body);
