/** The assumptions behind a chapter's reading time: words per minute, minutes per figure and per question. */
export const PACE = {words: 200, figure: 3, question: 1} as const;

/** The reading time of a chapter's raw MDX in whole minutes. Code does not count, and a formula counts as a word. */
export function readingMinutes(body: string): number {
  const text = body.replace(/^(`{3,})[\s\S]*?^\1/gm, "").replace(/\{\/\*[\s\S]*?\*\/\}/g, "");
  const tags = (name: string): number => text.match(new RegExp(`<${name}\\b`, "g"))?.length ?? 0;
  const prose = text.replace(/\$\$[\s\S]*?\$\$|\$[^$\n]*\$/g, "x").replace(/<\/?[A-Za-z][^>]*>/g, "");
  const words = prose.match(/[\p{L}\p{N}][\p{L}\p{N}'’–-]*/gu)?.length ?? 0;
  return Math.round(words / PACE.words + PACE.figure * tags("Widget") + PACE.question * tags("Quiz"));
}

/** Whether the chapter asks for a prediction. */
export const opensWithPrediction = (body: string): boolean =>
  /<Quiz\b[^>]*\spredict\b|<Widget\b[^>]*\bname="predict"/.test(body);
