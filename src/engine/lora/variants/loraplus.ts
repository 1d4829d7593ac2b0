/**
 * LoRA+: B learns `ratio` times as fast as A. → a function from a parameter's name to its learning rate: `rate` for
 * names that end in `.A` (`layers.0.Wq.A`), ratio · rate for those in `.B`. Ratio 1 is LoRA; the authors recommend one
 * well above 1. Hayou, Ghosh and Yu 2024, arXiv 2402.12354; PEFT's `loraplus_lr_ratio`.
 * Throws unless both are finite and above 0; the returned function throws for any other name.
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
