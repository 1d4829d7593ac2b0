/** What held-out data are called, by their keys in the file of a base model. */
const heldOutNames: Readonly<Record<string, string>> = {
  english: "English",
  names: "names",
  french: "French",
  spanish: "Spanish",
  copy: "copy",
  reverse: "reverse",
  plusOne: "+1",
  minusOne: "−1",
  rotate: "rotate",
};

/** A file size: 54304 → "54.3 kB". */
export const fileSize = (bytes: number): string => `${(bytes / 1000).toFixed(1)}\u2009kB`;

/** The scores of a base on held-out data: shares of exact answers if all are at most 1, else nats per letter. */
export function heldOutScores(heldOut: Readonly<Record<string, number>>): {title: string; text: string} {
  const entries = Object.entries(heldOut);
  const isShare = entries.every(([, score]) => score <= 1);
  const scores = entries.map(
    ([name, score]) =>
      `${heldOutNames[name] ?? name} ${isShare ? `${Number((100 * score).toFixed(1))}%` : score.toFixed(2)}`,
  );
  return {
    title: isShare ? "Exact answers on fresh inputs" : "Nats a letter on words it has not seen",
    text: scores.join(", "),
  };
}
