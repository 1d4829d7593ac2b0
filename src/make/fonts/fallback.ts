import {create} from "fontkitten";
import {type TextFamily, textFont} from "./faces.ts";

/** Letters and spaces as frequent as in English: their mean advance decides how long a line of prose gets. */
const sample = "aaabcdeeeefghiijklmnnoopqrrssttuvwxyz      ";

/**
 * Fonts that readers have installed, with their mean advance over `sample` in em, from the widths that their makers publish. A
 * font and its metric twin (Liberation) share an entry.
 */
const local = {
  Georgia: {names: ["Georgia"], advance: 0.4534},
  Times: {names: ["Times New Roman", "TimesNewRomanPSMT", "Liberation Serif", "Tinos"], advance: 0.4172},
  "Times italic": {
    names: ["Times New Roman Italic", "TimesNewRomanPS-ItalicMT", "Liberation Serif Italic"],
    advance: 0.4097,
  },
  Arial: {names: ["Arial", "ArialMT", "Liberation Sans", "Arimo"], advance: 0.4563},
  Courier: {names: ["Menlo", "DejaVu Sans Mono", "Liberation Mono", "Courier New"], advance: 0.6},
} as const;

/** The local fonts that replace a family while it loads, under which name, in the order of the stack. */
const standIns: Record<TextFamily["file"], readonly [name: string, font: keyof typeof local][]> = {
  "source-serif": [
    ["Source Serif fallback", "Georgia"],
    ["Source Serif fallback Times", "Times"],
  ],
  "source-serif-italic": [["Source Serif fallback", "Times italic"]],
  inter: [["Inter fallback", "Arial"]],
  "jetbrains-mono": [["JetBrains Mono fallback", "Courier"]],
};

const percent = (ratio: number) => `${(ratio * 100).toFixed(2)}%`;

/**
 * @font-face rules that give a local font the metrics of the one that is loading, so that nothing moves when it arrives.
 * `size-adjust` sets the advance. The overrides set the line's height and are divided by it, because it scales them too.
 */
export async function fallbackFaces(family: TextFamily): Promise<string> {
  const font = create(await textFont(family));
  if (!("unitsPerEm" in font)) throw new Error("fonts: expected one font, got a collection");
  const em = font.unitsPerEm;
  const advances = [...sample].map((one) => font.glyphForCodePoint(one.codePointAt(0) as number).advanceWidth);
  const advance = advances.reduce((sum, next) => sum + next, 0) / sample.length / em;
  const rules = (standIns[family.file] ?? []).map(([name, key]) => {
    const size = advance / local[key].advance;
    return `@font-face {
  font-family: "${name}";
  font-style: ${family.style};
  src: ${local[key].names.map((one) => `local("${one}")`).join(", ")};
  size-adjust: ${percent(size)};
  ascent-override: ${percent(font.ascent / em / size)};
  descent-override: ${percent(-font.descent / em / size)};
  line-gap-override: ${percent(font.lineGap / em / size)};
}
`;
  });
  return rules.join("");
}
