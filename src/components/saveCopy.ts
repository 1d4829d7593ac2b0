import type {Keep} from "./keep.ts";

/** Gives the reader all that is kept as a file. */
export function saveCopy(root: Document, keep: Keep): void {
  const link = root.createElement("a");
  link.href = URL.createObjectURL(new Blob([keep.exportAll()], {type: "application/json"}));
  link.download = "lora-live.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}
