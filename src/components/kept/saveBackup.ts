import type {Keep} from "./store.ts";

/** All that is kept, as JSON text. */
export const copyOf = (keep: Keep): string => JSON.stringify({loraLive: 1, items: keep.entries()}, null, 2);

/** Gives the reader all that is kept as a file. */
export function saveCopy(root: Document, keep: Keep): void {
  const link = root.createElement("a");
  link.href = URL.createObjectURL(new Blob([copyOf(keep)], {type: "application/json"}));
  link.download = "lora-live.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}
