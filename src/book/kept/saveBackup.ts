import type {Store} from "./store.ts";

/** Everything kept, as JSON text. */
export const backupOf = (store: Store): string => JSON.stringify({loraLive: 1, items: store.entries()}, null, 2);

/** Saves everything kept as a file on the reader's device. */
export function saveBackup(root: Document, store: Store): void {
  const link = root.createElement("a");
  link.href = URL.createObjectURL(new Blob([backupOf(store)], {type: "application/json"}));
  link.download = "lora-live.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}
