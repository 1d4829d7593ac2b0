/** What a chapter may name, and the paper's values it may not retype. */
export type Known = {
  works: ReadonlySet<string>;
  terms: ReadonlySet<string>;
  tables: ReadonlySet<string>;
  numbers: ReadonlySet<string>;
  questions: ReadonlySet<string>;
  widgets: ReadonlySet<string>;
  /** Value → the component that prints it. */
  values: ReadonlyMap<number, string>;
};

export type Tag = {name: string; source: string; attributes: Record<string, string>};

const YEAR = /^(?:19|20)\d\d$/;

/** What is wrong with a chapter, one sentence a finding. `order` is the number in its file name. */
export function lintChapter(text: string, order: number, known: Known): string[] {
  const {matter, body} = split(text);
  const written = withoutCode(body);
  const tags = tagsOf(written);
  const prose = proseOf(written, tags);
  return [
    ...unresolved(tags, known),
    ...bareNumbers(prose, known.values),
    ...misnumbered(tags, order),
    ...astray(tags, known.widgets),
    ...(/^ready:\s*true\s*$/m.test(matter) ? misjudgedLength(prose) : []),
  ];
}

/** The component tags of a text, with their quoted attributes. Braces and quotes may hold any sign. */
export function tagsOf(text: string): Tag[] {
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

function split(text: string): {matter: string; body: string} {
  const match = /^---\n([\s\S]*?)\n---\n/.exec(text);
  return {matter: match?.[1] ?? "", body: match ? text.slice(match[0].length) : text};
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

function unresolved(tags: readonly Tag[], known: Known): string[] {
  const rules: Record<string, [attribute: string, ids: ReadonlySet<string>, where: string]> = {
    Cite: ["work", known.works, "content/references.json"],
    Work: ["id", known.works, "content/references.json"],
    Term: ["id", known.terms, "content/glossary.json"],
    Paper: ["id", known.tables, "content/paper/table-*.json"],
    PaperTable: ["id", known.tables, "content/paper/table-*.json"],
    Num: ["id", known.numbers, "content/paper/numbers.json"],
    Quiz: ["id", known.questions, "content/questions"],
    Widget: ["name", known.widgets, "src/figures/registry.ts"],
  };
  return tags.flatMap(({name, attributes}) => {
    const rule = rules[name];
    if (!rule) return [];
    const [attribute, ids, where] = rule;
    const id = attributes[attribute];
    return id !== undefined && ids.has(id) ? [] : [`<${name} ${attribute}="${id ?? ""}"> is not in ${where}`];
  });
}

function bareNumbers(prose: string, values: ReadonlyMap<number, string>): string[] {
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

/** A `<Set>` moves a figure of its own chapter, or a widget by name. One that names neither belongs to its stage (src/site/markdown/stages.ts). */
function astray(tags: readonly Tag[], widgets: ReadonlySet<string>): string[] {
  const figures = new Set(tags.filter(({name}) => name === "Widget").map(({attributes}) => attributes.figure));
  return tags
    .filter(({name}) => name === "Set")
    .flatMap(({attributes: {figure, widget}}) => {
      if (figure !== undefined)
        return figures.has(figure) ? [] : [`<Set figure="${figure}">: the chapter has no such figure`];
      if (widget === undefined) return [];
      return widgets.has(widget) ? [] : [`<Set widget="${widget}"> is not in src/figures/registry.ts`];
    });
}

function misjudgedLength(prose: string): string[] {
  const words = prose.match(/[\p{L}\p{N}][\p{L}\p{N}'’–-]*/gu)?.length ?? 0;
  return words >= 900 && words <= 2400 ? [] : [`${words} words; a chapter that is ready has 900 to 2,400`];
}
