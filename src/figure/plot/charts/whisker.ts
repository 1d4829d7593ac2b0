/** A whisker from `from` to `to` across y, with caps of this half height; none without both ends. */
export const whisker = (from: number | undefined, to: number | undefined, y: number, cap: number): string =>
  from === undefined || to === undefined
    ? ""
    : `M${from} ${y}H${to}M${from} ${y - cap}v${2 * cap}M${to} ${y - cap}v${2 * cap}`;
