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
  /** The least and the greatest letters of the picture, in CSS px as the reader sees them, each with its text. */
  least: [number, string];
  greatest: [number, string];
  /** What sticks out of the card at its right. */
  outside: string[];
}

/** What a figure looks like at its present size. */
export const measures = (figure: Locator): Promise<Measures> =>
  figure.evaluate((card): Measures => {
    const isSeen = (one: Element) => (one as HTMLElement).checkVisibility() && one.getBoundingClientRect().width > 1;
    const picture = card.querySelector("[data-picture]")!;
    const [all, drawn] = [card.getBoundingClientRect(), picture.getBoundingClientRect()];
    const letters = [...picture.querySelectorAll("*")].flatMap((one): [number, string][] => {
      const isText = [...one.childNodes].some((child) => child.nodeType === 3 && child.textContent?.trim());
      if (!isText || !isSeen(one) || one.localName === "title" || one.closest(".katex, details:not([open])")) return [];
      const svg = one.closest("svg");
      const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
      const size = Number.parseFloat(getComputedStyle(one).fontSize) * scale;
      // A formula or a number that is the picture is as large as fits.
      return [[one.closest(".math, .vast, .forged") ? Math.min(size, 16) : size, one.textContent!.trim().slice(0, 24)]];
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
      least: letters[0]!,
      greatest: letters.at(-1)!,
      outside: [...card.querySelectorAll("*")]
        .filter((one) => isSeen(one) && rightOf(one) > all.right + 1 && !one.closest(".scroll"))
        .map((one) => `${one.localName}.${one.getAttribute("class")}`),
    };
  });
