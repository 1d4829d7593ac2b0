import {denseSvd, lowRankRoute} from "./decompose.ts";
import {inspect} from "./inspect.ts";
import {multiply} from "./multiply.ts";
import type {Peers} from "./peers.ts";
import type {Line} from "./table.ts";
import {training} from "./training.ts";

/** The engine's speed, measured against the peers in this one process. */
export async function engine(peers: Peers): Promise<Line[]> {
  return [
    ...(await multiply(peers)),
    ...(await training(peers)),
    ...denseSvd(peers),
    ...lowRankRoute(),
    ...(await inspect()),
  ];
}
