/** A poster of layers in tiles, one of which may be large with words and a chart beside it. */
import {attributes, children, join, pressable} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {texts} from "../../../figure/plot/text/texts.ts";
import {textWidth} from "../../../figure/plot/text/textWidth.ts";
import {drawLayer, LAYER, type Layer, type LayerPlace, layerPlaces, wordPlaces} from "./layer.ts";

interface Tile {
  key: string;
  name: string;
  year: number;
  caption: string;
  layer: Layer;
}

/** A rectangle, in units. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface PosterOptions {
  chosen: string;
  /** The chosen tile is large, and the others are in a strip beside or below it. */
  isLarge: boolean;
  /** A run is drawn below the large layer. */
  hasRun: boolean;
  press(key: string): void;
  /** Draws the run into this area. */
  drawRun(g: Element, area: Area): void;
}

/** A sheet lower than this is a dock, which shows the chosen tile alone. */
const LOW = 220;
/** A wide sheet lower than this is a slide, whose poster has two rows. */
const FLAT = 350;
const GUTTER = 8;
/** Heights: above the layer of a tile, above the large layer, and of a line of words. */
const [HEAD, TITLE, LINE] = [28, 36, 15];

interface TileLook {
  /** Where the layer of the large tile is. */
  large: Placed | undefined;
  isSmall: boolean;
  /** How many lines every caption has room for, so that all layers have the same size. */
  count: number;
}

interface Composition {
  tiles: readonly Area[];
  large: Area;
  /** Beside the large layer, for words. */
  side: number;
  isFlat: boolean;
}

/** As many equal areas in columns as there are tiles, in reading order. */
function grid(count: number, columns: number, {x, y, width, height}: Area): Area[] {
  const rows = Math.ceil(count / columns);
  const [wide, high] = [(width - GUTTER * (columns - 1)) / columns, (height - GUTTER * (rows - 1)) / rows];
  return Array.from({length: count}, (_, i) => ({
    x: x + (i % columns) * (wide + GUTTER),
    y: y + Math.floor(i / columns) * (high + GUTTER),
    width: wide,
    height: high,
  }));
}

/** Where all tiles are, in each frame and on a slide. */
function compose(count: number, {frame, width, height}: Sheet, isLarge: boolean): Composition {
  const whole: Area = {x: 1, y: 1, width: width - 2, height: height - 2};
  const isFlat = frame === "wide" && height < FLAT;
  const side = {narrow: 62, mid: 66, wide: isFlat ? 56 : 84}[frame];
  if (!isLarge) {
    const columns = {narrow: 3, mid: 4, wide: isFlat ? 6 : 4}[frame];
    return {tiles: grid(count, columns, whole), large: whole, side, isFlat};
  }
  if (frame === "narrow") {
    const strip = 3 * 68;
    const high = whole.height - strip - GUTTER;
    const tiles = grid(count, 4, {...whole, y: whole.y + high + GUTTER, height: strip});
    return {tiles, large: {...whole, height: high}, side, isFlat};
  }
  const columns = isFlat ? 3 : 2;
  const strip = columns * 72;
  const large = {...whole, width: whole.width - strip - GUTTER};
  return {
    tiles: grid(count, columns, {...whole, x: large.x + large.width + GUTTER, width: strip}),
    large,
    side,
    isFlat,
  };
}

/** Draws the layers, and the chosen one large with words. Tiles are keyed, so that each keeps its node when it moves. */
export function drawPoster(g: Element, all: readonly Tile[], sheet: Sheet, options: PosterOptions) {
  const {chosen, press, drawRun} = options;
  const isDock = sheet.height < LOW;
  const isLarge = options.isLarge || isDock;
  const hasRun = options.hasRun && isLarge && !isDock;
  attributes(g, {"data-large": isLarge ? "" : null});
  const {tiles, large, side, isFlat} = compose(all.length, sheet, isLarge);
  const upper = hasRun ? upperPart(large, side, isFlat) : large;
  const [box, words, run] = children(g, "g", ["tiles", "words", ...(hasRun ? [`run of-${chosen}`] : [])]);
  const count = Math.max(...all.map(({caption}) => wrapped(caption, tiles[0]!.width - 16).length));
  const shown = isDock ? all.filter(({key}) => key === chosen) : all;
  const look = (key: string) => (key === chosen ? " chosen" : isLarge ? " small" : "");
  join(box!, "g", shown, {name: ({key}) => `tile of-${key}${look(key)}`, key: ({key}) => key}, (group, tile, i) => {
    const isOne = isLarge && tile.key === chosen;
    const at = isOne ? layerAt(upper, side) : undefined;
    drawTile(group, tile, isOne ? large : tiles[i]!, {large: at, isSmall: isLarge && !isOne, count});
    // A press enlarges a tile, and makes the large one small again.
    if (!isDock) pressable(group, undefined, tile.key === chosen, () => press(tile.key));
  });
  drawWords(words!, isLarge ? all.find(({key}) => key === chosen)?.layer : undefined, layerAt(upper, side), upper);
  const [back] = children(g, "text", isLarge && !isDock ? ["back"] : []);
  if (back) {
    attributes(back, {x: large.x + large.width - 12, y: large.y + 22, "text-anchor": "end"});
    put(back, "all twelve ×");
  }
  if (run) drawRun(run, restOf(large, upper, isFlat));
}

const isTall = ({width, height}: Area, side: number) => (width - 2 * side) / LAYER.width < height / LAYER.height;

/** The part of the large tile left to its layer when a run is drawn below it or, on a slide, beside it. */
function upperPart(area: Area, side: number, isFlat: boolean): Area {
  if (isFlat) return {...area, width: area.width * 0.56};
  const most = area.height * 0.58;
  const needed = TITLE + 12 + (LAYER.height * (area.width - 2 * side)) / LAYER.width;
  return {...area, height: Math.min(most, needed)};
}

/** The part of the large tile in which the run is drawn. */
const restOf = (area: Area, upper: Area, isFlat: boolean): Area =>
  isFlat
    ? {
        x: upper.x + upper.width,
        y: area.y + TITLE,
        width: area.width - upper.width - 12,
        height: area.height - TITLE - 8,
      }
    : {x: area.x + 12, y: upper.y + upper.height, width: area.width - 24, height: area.height - upper.height - 8};

/** Where the large layer is: its scale, and the place of its origin. */
function layerAt({x, y, width, height}: Area, side: number) {
  const [across, down] = [width - 2 * side, height - TITLE - 8];
  const scale = isTall({x, y, width, height: down}, side) ? across / LAYER.width : down / LAYER.height;
  return placed(scale, x + width / 2, y + TITLE + down / 2);
}
type Placed = ReturnType<typeof placed>;

/** A layer of this scale around a middle. */
const placed = (scale: number, x: number, y: number) => ({
  scale: Math.round(scale * 1000) / 1000,
  x: rounded(x - scale * (LAYER.left + LAYER.width / 2)),
  y: rounded(y - scale * (LAYER.top + LAYER.height / 2)),
});

/** Lines of words, one below another. A screen reader needs the space before each further line. */
export function drawLines(g: Element, lines: readonly string[], x: number, y: number, anchor?: "end") {
  texts(
    g,
    lines.map((line, i) => ({at: [x, y + LINE * i] as const, text: i ? ` ${line}` : line, anchor})),
  );
}

/** A tile: its name and its layer; with a caption unless it is large, or small in the strip. */
function drawTile(g: Element, tile: Tile, area: Area, {large, isSmall, count}: TileLook) {
  const {x, y, width, height} = area;
  const [head, foot] = isSmall ? [18, 4] : [HEAD, 10 + LINE * count];
  const scale = Math.min((width - 8) / LAYER.width, (height - head - foot) / LAYER.height);
  const at = large ?? placed(scale, x + width / 2, y + head + (height - head - foot) / 2);
  attributes(layer(g, "rect", "field"), {
    x: rounded(x),
    y: rounded(y),
    width: rounded(width),
    height: rounded(height),
    rx: 10,
  });
  const drawn = layer(g, "g", "layer");
  attributes(drawn, {transform: `translate(${at.x} ${at.y}) scale(${at.scale})`});
  drawLayer(drawn, tile.layer);
  const {scale: factor} = tile.layer;
  // Beside a long name on a narrow tile there is no room for its year.
  const isDated = !!large || width >= 120;
  const isInscribed = !!factor && !isSmall;
  const title = y + (isSmall ? 14 : large ? 24 : 20);
  const end = large ? x + 52 + textWidth(tile.name, 18) : x + width - 10;
  const middle = 50 * at.scale;
  const words = [
    {name: "name", left: x + (isSmall ? 6 : 10), top: title, said: tile.name},
    ...(isDated ? [{name: "year", left: end, top: title, said: ` ${tile.year}`}] : []),
    ...(isInscribed
      ? [{name: "inscription", left: at.x + middle, top: at.y + middle + 5, said: ` ${factor.words}`}]
      : []),
  ];
  // Moved as a whole, so that they travel with the tile.
  join(g, "text", words, {name: ({name}) => name}, (text, {left, top, said}) => {
    attributes(text, {transform: `translate(${rounded(left)} ${rounded(top)})`});
    put(text, said);
  });
  // Last, as it is read: the button is called by its texts.
  if (large || isSmall) return [...g.children].find((one) => one.matches(".caption"))?.remove();
  const lines = wrapped(tile.caption, width - 16);
  drawLines(layer(g, "g", "caption"), lines, x + 10, y + height - 10 - LINE * (lines.length - 1));
}

/** What each part of the large layer is, at its side. */
function drawWords(g: Element, parts: Layer | undefined, {scale, x, y}: Placed, area: Area) {
  const places: LayerPlace[] = layerPlaces.filter((place) => parts?.[place] && place !== "scale");
  const free = {start: 0, end: 0};
  const name = (place: LayerPlace) => `words-${place}${parts![place]!.isNew ? " new" : ""}`;
  join(g, "g", places, {name}, (group, place) => {
    const [left, top, anchor] = wordPlaces[place];
    // Leaves room for DoRA's m beside W₀, and for VeRA's b beside B.
    const shift = place === "base" && parts!.right ? 15 : place === "B" && parts!.left ? -15 : 0;
    const at = x + scale * (left + shift);
    const room = anchor ? at - area.x : area.x + area.width - at;
    const lines = wrapped(parts![place]!.words, room - 6);
    const high = Math.max(y + scale * top, free[anchor ?? "start"]);
    drawLines(group, lines, at, high, anchor);
    free[anchor ?? "start"] = high + LINE * lines.length + 4;
  });
}

/** Words in lines of this width. */
export function wrapped(words: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && textWidth(longer, 12) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
