import {denseSvd, lowRankRoute} from "./decompose.ts";
import {inspect} from "./inspect.ts";
import {multiply} from "./multiply.ts";
import type {Peers} from "./peers.ts";
import type {Line} from "./table.ts";
import {training} from "./training.ts";

/** What the design says of the engine's speed, measured against the peers in this one process; `peak` is `peak.as.ts`. */
export async function engine(peers: Peers, peak: Uint8Array<ArrayBuffer>): Promise<Line[]> {
  return [
    ...(await multiply(peers, peak)),
    ...(await training(peers)),
    ...denseSvd(peers),
    ...lowRankRoute(),
    ...(await inspect()),
  ];
}
