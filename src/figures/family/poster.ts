/** The layers of twelve works in tiles, one of which is chosen. */
import {attributes, join, pressable} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {controls, type Work} from "./controls.ts";
import {drawLayer, drawnWorks} from "./layer.ts";

const GUTTER = 8;
/** The height of a tile's name. */
const HEAD = 20;

/** Draws a tile for each work. */
export function drawPoster(
  g: Element,
  {frame, width, height}: Sheet,
  {chosen, isStart, press}: {chosen: Work; isStart: boolean; press(work: Work): void},
) {
  // A low sheet is a dock's, in which a narrow picture has six columns, too.
  const columns = frame === "narrow" && height > 205 ? 4 : 6;
  const rows = Math.ceil(drawnWorks.length / columns);
  const wide = (width - 2 - GUTTER * (columns - 1)) / columns;
  const high = (height - 2 - GUTTER * (rows - 1)) / rows;
  const name = (work: Work) => `tile of-${work}${work === chosen ? " chosen" : ""}`;
  join(g, "g", drawnWorks, {name, key: (work) => work}, (tile, work, i) => {
    const x = 1 + (i % columns) * (wide + GUTTER);
    const y = 1 + Math.floor(i / columns) * (high + GUTTER);
    attributes(layer(tile, "rect", "field"), {
      x: rounded(x),
      y: rounded(y),
      width: rounded(wide),
      height: rounded(high),
      rx: 10,
    });
    const area = {x: x + 4, y: y + HEAD, width: wide - 8, height: high - HEAD - 4};
    drawLayer(layer(tile, "g", "layer"), work, isStart, area);
    attributes(layer(tile, "text", "name", controls.work.options[work]), {
      x: rounded(x + wide / 2),
      y: rounded(y + 15),
    });
    pressable(tile, undefined, work === chosen, () => press(work));
  });
}
