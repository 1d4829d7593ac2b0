import type {Locator} from "@playwright/test";
import sharp from "sharp";

const pixelsOf = async (box: Locator): Promise<Uint32Array> => {
  const {data} = await sharp(await box.screenshot())
    .ensureAlpha()
    .raw()
    .toBuffer({resolveWithObject: true});
  return new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
};

/** Shows or hides every shape of a picture; its words stay. */
const showShapes = (picture: Locator, isShown: boolean) =>
  picture.locator("svg :is(rect, path, line, circle, ellipse, polygon, polyline)").evaluateAll((all, isShown) => {
    for (const shape of all as SVGElement[]) shape.style.opacity = isShown ? "" : "0";
  }, isShown);

/** How much of a picture its shapes paint: the share of its pixels that change when they are hidden. */
export async function shareDrawn(picture: Locator): Promise<number> {
  const before = await pixelsOf(picture);
  await showShapes(picture, false);
  const after = await pixelsOf(picture);
  await showShapes(picture, true);
  return before.reduce((sum, pixel, i) => sum + Number(pixel !== after[i]), 0) / before.length;
}

export interface Measures {
  width: number;
  height: number;
  /** The picture's share of the card's area; a slide is its whole frame. */
  share: number;
  /** The controls that are seen, besides the player's. */
  controls: string[];
  /** The least and the greatest letters of the picture, in CSS px as the reader sees them, each with its text; a dock may have none. */
  least: [number, string] | undefined;
  greatest: [number, string] | undefined;
  /** What sticks out of the card at its right. */
  outside: string[];
}

/** Texts of a figure's drawings that cover one another, or that end beyond the drawing, by more than a hair. */
export const collisions = (figure: Locator): Promise<string[]> =>
  figure.evaluate((card) => {
    const all = [...card.querySelectorAll<SVGTextElement>("[data-picture] svg text:not(.letter, .index)")]
      .filter((one) => one.getBoundingClientRect().width && one.textContent!.trim())
      .map((one) => ({text: one.textContent!.trim(), box: one.getBoundingClientRect(), svg: one.ownerSVGElement!}));
    const outside = all.flatMap(({text, box, svg}) => {
      const edge = svg.getBoundingClientRect();
      const by = Math.max(edge.left - box.left, box.right - edge.right, edge.top - box.top, box.bottom - edge.bottom);
      return by > 6 ? [`“${text}” ends ${by.toFixed(1)} px outside`] : [];
    });
    // A line of letters has blank above and below its strokes.
    const covered = all.flatMap((one, i) =>
      all.slice(i + 1).flatMap((other) => {
        const [a, b] = [one.box, other.box];
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        return wide > 1 && high > 3.5
          ? [`“${one.text}” and “${other.text}”: ${wide.toFixed(1)} × ${high.toFixed(1)} px`]
          : [];
      }),
    );
    return [...outside, ...covered];
  });

/** What a figure looks like at its present size. */
export const measures = (figure: Locator): Promise<Measures> =>
  figure.evaluate((card): Measures => {
    const isSeen = (one: Element) => (one as HTMLElement).checkVisibility() && one.getBoundingClientRect().width > 1;
    const picture = card.querySelector("[data-picture]")!;
    const [all, drawn] = [card.getBoundingClientRect(), picture.getBoundingClientRect()];
    const letters = [...picture.querySelectorAll("*")].flatMap((one): [number, string][] => {
      const isText = [...one.childNodes].some((child) => child.nodeType === 3 && child.textContent?.trim());
      if (!isText || !isSeen(one) || one.localName === "title" || one.closest(".katex, details:not([open])")) return [];
      const to = one.closest("svg") && (one as SVGGraphicsElement).getScreenCTM?.();
      // Also where letters are turned, and where a style sheet makes a part of a drawing larger.
      const scale = to ? Math.hypot(to.a, to.b) : 1;
      const size = Number.parseFloat(getComputedStyle(one).fontSize) * scale;
      // A formula or a number that is the picture is as large as fits.
      return [
        [
          one.closest(".math, .vast, .forged, .answer, .to-scale .number, .loud, .row.chosen .said")
            ? Math.min(size, 16)
            : size,
          one.textContent!.trim().slice(0, 24),
        ],
      ];
    });
    letters.sort(([a], [b]) => a - b);
    /** Its right edge as it is seen: a drawing that is clipped ends at its frame. */
    const rightOf = (one: Element) => {
      const svg = one.closest("svg");
      const isClipped = svg && getComputedStyle(svg).overflow !== "visible";
      return (isClipped ? svg : one).getBoundingClientRect().right;
    };
    return {
      width: all.width,
      height: all.height,
      share: (drawn.width * drawn.height) / (all.width * all.height),
      controls: [...card.querySelectorAll<HTMLElement>(":scope > .controls .control")]
        .filter(isSeen)
        .map(({dataset}) => dataset.name!),
      least: letters[0],
      greatest: letters.at(-1),
      outside: [...card.querySelectorAll("*")]
        .filter((one) => isSeen(one) && rightOf(one) > all.right + 1 && !one.closest(".scroll"))
        .map((one) => `${one.localName}.${one.getAttribute("class")}`),
    };
  });
