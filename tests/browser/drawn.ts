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
