/** A coordinate rounded so that attributes stay short: to a tenth of a unit, or to more decimals where it will be scaled. */
export const rounded = (x: number, decimals = 1): number => Math.round(x * 10 ** decimals) / 10 ** decimals;
