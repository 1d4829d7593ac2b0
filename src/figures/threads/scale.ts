import {chart} from "../../figure/plot/chart.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Room} from "../../figure/plot/room.ts";
import {significant, whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {approach} from "./drawing/approach.ts";
import {GAP, geometry} from "./drawing/geometry.ts";
import {handle} from "./drawing/handle.ts";
import {presence, threadLens} from "./drawing/lens.ts";
import {person, TALL} from "./drawing/person.ts";
import {matrixPieces} from "./drawing/pieces.ts";
import {inside, SMALL, threadNames} from "./drawing/words.ts";
import {land} from "./flight.ts";
import {pulled, stepped, type ThreadsParams, type ThreadsResult} from "./model.ts";

/** The square and its threads to scale, the lens on their corner, and the handle. */
export function threadsToScale(picture: Element, result: ThreadsResult, params: ThreadsParams, act: Act, room: Room) {
  const {d, breakEven, closest} = result;
  const {r, zoom} = params;
  const {g, width} = chart(picture, "threads", room, {
    nominal: 400,
    height: (width) => width,
    alt: `A square of ${whole(d)} by ${whole(d)} frozen weights with B at its left edge and A at its top edge, to scale: each is 1/${significant(d / r, 4)} of the side thick. Plus and minus zoom`,
    interactive: true,
  });
  const at = geometry(width, d, r, 10 ** zoom);
  const svg = g.parentElement!;
  svg.setAttribute("tabindex", "0");
  matrixPieces(
    layer(g, "g", "plane"),
    {x: at.corner, y: at.corner, unit: at.unit, r, d, gap: GAP},
    {left: 0, top: 0, right: width, bottom: width},
  );
  const words = layer(g, "g", "words");
  words.setAttribute("aria-hidden", "true");
  inside(words, at, {d, zoom, hasLens: presence(zoom, at.thick) > 0});
  threadNames(words, at, {d, r, isMeasured: room.widthOf(svg.parentElement!) !== undefined});
  const foot = at.corner + at.side;
  const isSeen = d > 2 * TALL && foot < 1.5 * width && width >= SMALL;
  person(words, {x: at.corner + 0.03 * at.side, foot, unit: at.unit, isSeen});
  threadLens(words, at, {d, r, zoom});
  handle(g, at, {
    r,
    last: breakEven,
    onStep: (steps) => act.set((now) => ({r: stepped(Number(now.r), steps, breakEven)})),
    onPull: (from, way) => act.set({r: pulled(from, way, at.unit, breakEven)}),
    onCancel: (from) => act.set({r: from}),
  });
  approach(svg, zoom, (next) => {
    land(svg);
    act.set({zoom: Math.round(100 * Math.min(Math.max(next, 0), closest)) / 100});
  });
}
