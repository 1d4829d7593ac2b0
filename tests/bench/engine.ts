import {frobenius, subtract} from "../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../src/engine/linalg/random.ts";
import {svd} from "../../src/engine/linalg/svd.ts";
import {truncate} from "../../src/engine/linalg/truncate.ts";
import {denseSvd, lowRankRoute} from "./decompose.ts";
import {halves} from "./halves.ts";
import {inspect} from "./inspect.ts";
import {lab} from "./lab.ts";
import {multiply} from "./multiply.ts";
import type {Peers} from "./peers.ts";
import {type Line, quantile} from "./table.ts";
import {training} from "./training.ts";

/** What the design says of the engine's speed, measured against the peers in this one process; `peak` is `peak.as.ts`. */
export async function engine(peers: Peers, peak: Uint8Array<ArrayBuffer>): Promise<Line[]> {
  return [
    ...small(),
    ...(await multiply(peers, peak)),
    ...(await training(peers)),
    ...lab(),
    ...denseSvd(peers),
    ...lowRankRoute(),
    ...halves(),
    ...(await inspect()),
  ];
}

/** Dense SVD of the size that `rank` draws, on new matrices each time, checked against the matrix it came from. */
function small(): Line[] {
  const random = mulberry32(11);
  const matrices = Array.from({length: 120}, () => randn(48, 48, random));
  const times = matrices.map((m) => {
    const start = performance.now();
    const factors = svd(m);
    const time = performance.now() - start;
    const error = frobenius(subtract(m, truncate(factors, 48))) / frobenius(m);
    if (!(error < 1e-12)) throw new Error(`bench: the SVD is wrong by ${error}`);
    return time;
  });
  return [{what: "svd of 48 × 48, median of 100 after 20", value: quantile(times.slice(20), 0.5), unit: "ms"}];
}
