/**
 * LoRA+: B learns `ratio` times as fast as A. → the learning rate of a parameter by its name: `rate` for names that end
 * in `.A` (`layers.0.Wq.A`), ratio · rate for `.B`, so η_B = ratio · η_A; ratio 1 is LoRA. Hayou, Ghosh and Yu 2024,
 * arXiv 2402.12354, who ask for a ratio well above 1; PEFT's `loraplus_lr_ratio`.
 * Throws unless both are finite and above 0; the rate it gives throws at a name that is neither.
 */
export function loraPlusRates({rate, ratio}: {rate: number; ratio: number}): (name: string) => number {
  for (const [name, value] of Object.entries({rate, ratio})) {
    if (!(value > 0 && value < Infinity)) throw new Error(`loraplus: the ${name} is ${value}; it must lie above 0`);
  }
  return (name) => {
    if (name.endsWith(".A")) return rate;
    if (name.endsWith(".B")) return ratio * rate;
    throw new Error(`loraplus: ${name} is neither the A nor the B of an adapter; its name must end in .A or .B`);
  };
}
