type Tag = {name: string; source: string; attributes: Record<string, string>};

const YEAR = /^(?:19|20)\d\d$/;

/**
 * What is wrong with a chapter, one sentence a finding. `order` is the number in its file name, `values` the paper's numbers, each with
 * the component that prints it. The build itself refuses works, terms, tables, questions, figures and states that are not there.
 */
export function lintChapter(text: string, order: number, values: ReadonlyMap<number, string>): string[] {
  const body = bodyOf(text);
  const written = withoutCode(body);
  const tags = tagsOf(written);
  const prose = proseOf(written, tags);
  return [...bareNumbers(prose, values), ...misnumbered(tags, order), ...misjudgedLength(prose)];
}

/** The component tags of a text, with their quoted attributes. Braces and quotes may hold any sign. */
function tagsOf(text: string): Tag[] {
  const tags: Tag[] = [];
  for (const {index, 1: name} of text.matchAll(/<([A-Z]\w*)/g)) {
    const source = text.slice(index, tagEnd(text, index));
    const attributes = Object.fromEntries(
      [...source.matchAll(/([a-z]\w*)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
    );
    tags.push({name, source, attributes});
  }
  return tags;
}

function tagEnd(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    if (quoted) continue;
    if (text[i] === "{") depth++;
    if (text[i] === "}") depth--;
    if (text[i] === ">" && depth === 0) return i + 1;
  }
  throw new Error(`a tag is never closed: ${text.slice(start, start + 60)}`);
}

/** A chapter's text without its front matter. */
function bodyOf(text: string): string {
  const match = /^---\n([\s\S]*?)\n---\n/.exec(text);
  return match ? text.slice(match[0].length) : text;
}

const withoutCode = (text: string): string =>
  text
    .replace(/^(`{3,})[\s\S]*?^\1/gm, " ")
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, " ")
    .replace(/`[^`\n]*`/g, " ");

/** The words a reader reads as text: no tags, no maths, no addresses. */
function proseOf(text: string, tags: readonly Tag[]): string {
  return tags
    .reduce((left, {source}) => left.replace(source, " "), text)
    .replace(/<\/?[a-zA-Z][^>]*>/g, " ")
    .replace(/(?<!\\)\$\$[\s\S]*?\$\$/g, " ")
    .replace(/(?<!\\)\$[^$\n]+(?<!\\)\$/g, " ")
    .replace(/\]\([^)]*\)/g, "]")
    .replace(/https?:\S+/g, " ");
}

/** Numbers of the paper that a text types. */
export function bareNumbers(prose: string, values: ReadonlyMap<number, string>): string[] {
  return [...prose.matchAll(/(?<![\w.,])\d[\d,]*(?:\.\d+)?(?!\w)/g)].flatMap(([found]) => {
    const written = found.replace(/,$/, "");
    const component = values.get(Number(written.replaceAll(",", "")));
    if (!component || significantDigits(written) < 3 || YEAR.test(written)) return [];
    return [`${written} is a number of the paper: print it by ${component}, or show in $…$ how it comes about`];
  });
}

/** Digits that carry meaning: 150,994,944 → 9, 73.4 → 3, 350 → 2, 0.01 → 1. */
export function significantDigits(written: string): number {
  const digits = written.replace(/[,.]/g, "").replace(/^0+/, "");
  return (written.includes(".") ? digits : digits.replace(/0+$/, "")).length;
}

function misnumbered(tags: readonly Tag[], order: number): string[] {
  return tags
    .filter(({name, attributes}) => name === "Widget" && attributes.figure !== undefined)
    .flatMap(({attributes: {figure}}, i) => {
      const due = `${order}.${i + 1}`;
      return figure === due ? [] : [`figure="${figure}" stands where figure="${due}" is due`];
    });
}

function misjudgedLength(prose: string): string[] {
  const words = prose.match(/[\p{L}\p{N}][\p{L}\p{N}'’–-]*/gu)?.length ?? 0;
  return words >= 900 && words <= 2400 ? [] : [`${words} words; a chapter has 900 to 2,400`];
}
