import {rounded} from "../rounded.ts";

/** Path of a line through these heights, `dx` apart, cut off outside 0 … height; `thin` leaves out points inside a level stretch. */
export function clipped(heights: readonly number[], dx: number, height: number, thin = false): string {
  const inside = (y: number) => Math.min(Math.max(y, 0), height);
  const parts: [x: number, y: number][][] = [];
  for (let i = 1; i < heights.length; i++) {
    const [from, to] = [heights[i - 1], heights[i]];
    const [start, stop] = [inside(from), inside(to)];
    if (start === stop && (start !== from || stop !== to)) continue;
    // How far along the segment the line reaches y.
    const share = (y: number, otherwise: number) => (to === from ? otherwise : (y - from) / (to - from));
    const place = (y: number, otherwise: number): [number, number] => [
      rounded((i - 1 + share(y, otherwise)) * dx),
      rounded(y),
    ];
    const [first, next] = [place(start, 0), place(stop, 1)];
    const part = parts.at(-1);
    const last = part?.at(-1);
    if (!part || !last || last[0] !== first[0] || last[1] !== first[1]) parts.push([first, next]);
    else if (thin && last[1] === next[1] && part.at(-2)?.[1] === next[1]) last[0] = next[0];
    else part.push(next);
  }
  return parts.map((points) => `M${points.map((point) => point.join()).join("L")}`).join("");
}
