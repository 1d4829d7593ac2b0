const short = (x: number): number => Math.round(x * 10) / 10;

/** A line through these heights, `dx` apart, cut where it leaves 0 … height; level stretches have two points. */
export function cut(heights: readonly number[], dx: number, height: number): string {
  const inside = (y: number) => Math.min(Math.max(y, 0), height);
  const parts: [x: number, y: number][][] = [];
  for (let i = 1; i < heights.length; i++) {
    const [from, to] = [heights[i - 1], heights[i]];
    const [start, stop] = [inside(from), inside(to)];
    if (start === stop && (start !== from || stop !== to)) continue;
    // Where on its way from the one height to the other the line is at y.
    const share = (y: number, otherwise: number) => (to === from ? otherwise : (y - from) / (to - from));
    const place = (y: number, otherwise: number): [number, number] => [
      short((i - 1 + share(y, otherwise)) * dx),
      short(y),
    ];
    const [first, next] = [place(start, 0), place(stop, 1)];
    const part = parts.at(-1);
    const last = part?.at(-1);
    if (!part || !last || last[0] !== first[0] || last[1] !== first[1]) parts.push([first, next]);
    else if (last[1] === next[1] && part.at(-2)?.[1] === next[1]) last[0] = next[0];
    else part.push(next);
  }
  return parts.map((points) => `M${points.map((point) => point.join()).join("L")}`).join("");
}
