import postcss from "postcss";

/** Characters by KaTeX face: `Main-Regular` → `x, +, =`. */
export type FaceGlyphs = Map<string, Set<string>>;

interface Font {
  family: string;
  bold: boolean;
  italic: boolean;
}

/** A rule of KaTeX's style sheet that changes the font. `path` is its selector: the classes of each element, outermost first. */
interface FontRule {
  path: string[][];
  change: Partial<Font>;
}

/** The faces that KaTeX has in addition to a family's Regular. */
const styled: Record<string, readonly string[]> = {
  Main: ["Bold", "Italic", "BoldItalic"],
  Math: ["Italic", "BoldItalic"],
  SansSerif: ["Bold", "Italic"],
  Fraktur: ["Bold"],
  Caligraphic: ["Bold"],
};

const faceOf = ({family, bold, italic}: Font) => {
  const style = `${bold ? "Bold" : ""}${italic ? "Italic" : ""}`;
  if (styled[family]?.includes(style)) return `${family}-${style}`;
  return family === "Math" ? "Math-Italic" : `${family}-Regular`;
};

/** The classes that change the font, read from KaTeX's own style sheet, so that a new version brings its own rules. */
export function fontRules(css: string): FontRule[] {
  const rules: FontRule[] = [];
  postcss.parse(css).walkRules((rule) => {
    const change: Partial<Font> = {};
    rule.walkDecls(/^font-(family|weight|style)$/, ({prop, value}) => {
      if (prop === "font-weight") change.bold = value === "bold" || value === "700";
      else if (prop === "font-style") change.italic = value === "italic";
      else Object.assign(change, /^KaTeX_(?<family>\w+)/.exec(value)?.groups);
    });
    if (Object.keys(change).length === 0) return;
    for (const selector of rule.selectors) {
      const parts = selector.split(/[\s>]+/).filter((part) => part !== ".katex");
      rules.push({path: parts.map((part) => part.split(".").slice(1)), change});
    }
  });
  return rules;
}

const has = (classes: readonly string[], wanted: readonly string[]) => wanted.every((name) => classes.includes(name));

/** Whether the rule applies to the innermost element of `stack`, whose ancestors come before it. */
function matches(stack: readonly string[][], path: readonly string[][]): boolean {
  const last = path.at(-1);
  if (!last || !has(stack.at(-1) ?? [], last)) return false;
  let left = path.length - 2;
  for (let i = stack.length - 2; i >= 0 && left >= 0; i--) if (has(stack[i] ?? [], path[left] ?? [])) left--;
  return left < 0;
}

const entities: Record<string, string> = {amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " "};
const decode = (text: string) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return entities[name] ?? whole;
    return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal));
  });

const start = /<span class="?katex-html\b/g;
const tokens = /<(\/?)([a-z]+)([^>]*)>|([^<]+)/gy;

/** Adds to `found` the characters of every KaTeX formula in a page, by the face that must hold them. */
export function glyphsOf(html: string, rules: readonly FontRule[], found: FaceGlyphs = new Map()): FaceGlyphs {
  for (const {index} of html.matchAll(start)) {
    const stack: string[][] = [];
    const fonts: Font[] = [{family: "Main", bold: false, italic: false}];
    tokens.lastIndex = index;
    for (let token = tokens.exec(html); token; token = tokens.exec(html)) {
      const [, closing, tag, attributes = "", text] = token;
      const font = fonts.at(-1) as Font;
      if (text !== undefined) {
        const face = faceOf(font);
        const glyphs = found.get(face) ?? new Set();
        for (const character of decode(text)) if (character.trim()) glyphs.add(character);
        if (glyphs.size) found.set(face, glyphs);
      } else if (closing) {
        stack.pop();
        fonts.pop();
        if (stack.length === 0) break;
      } else if (tag && !attributes.endsWith("/")) {
        stack.push(/class="?([^">]*)/.exec(attributes)?.[1]?.split(" ") ?? []);
        const changes = rules.filter(({path}) => matches(stack, path)).map(({change}) => change);
        fonts.push(Object.assign({}, font, ...changes));
      }
    }
  }
  return found;
}
