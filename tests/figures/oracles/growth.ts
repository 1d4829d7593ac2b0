/** The square and its A and B counted row by row, at both ends of the slider for all layers. */
import type {GrowthParams} from "../../../src/figures/growth/model.ts";
import type {Claims} from "./oracle.ts";

/** Weights of a square and parameters of its A and B. */
function counted(width: number, r: number): {full: number; pair: number} {
  let [full, pair] = [0, 0];
  for (let row = 0; row < width; row++) full += width;
  for (let one = 0; one < r; one++) pair += width + width;
  return {full, pair};
}

/** A count is said in millions from a million on, to two digits. */
const said = (times: number): number => (times < 1e6 ? times : times / 1e6);

export function growth({width, r, matrices}: GrowthParams): Claims {
  const {full, pair} = counted(width, r);
  const start = counted(32, r);
  const times = [full / start.full, pair / start.pair] as const;
  const each = {q: 1, v: 1, qv: 2, qkvo: 4}[matrices];
  const layers = {32: 2, 12288: 96}[width];
  const adapted = each * (layers ?? 0);
  const trained = adapted * pair;
  const share = [r, pair, 1, full / pair];
  const summary =
    width === 32
      ? [32, r, adapted, trained, ...share]
      : layers
        ? [3, ...times, adapted, trained, ...share, said(175_255.8e6 / 26_848), trained / (each * 2 * start.pair)]
        : [32, width, ...times, ...share];
  return {
    summary,
    readouts: [
      [pair, r, width, width],
      [full, width, width],
      [times[1], times[0]],
      [trained, adapted, pair],
    ],
    caption: [r],
    rows: [...new Set([32, 128, 512, 2048, 8192, 12_288, width])]
      .sort((one, other) => one - other)
      .filter((one) => one >= r)
      .map((one) => {
        const now = counted(one, r);
        return [one, now.full, now.pair, now.full / start.full, now.pair / start.pair];
      }),
  };
}
