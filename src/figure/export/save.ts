import type {AnyParams} from "../controls.ts";
import {differences} from "../parse.ts";
import type {AnyWidget} from "../widget.ts";

/** `lora-rank-r8-source-noise`: the widget, its first control, and what else differs from the defaults, in 80 characters at most. */
export function fileName(name: string, w: AnyWidget, params: AnyParams): string {
  const first = Object.keys(w.controls)[0];
  const changed = differences(w.controls, params);
  const words = Object.entries(w.controls).flatMap(([key, control]) => {
    if ((control as {kind: string}).kind === "hidden" || !(key === first || key in changed)) return [];
    return typeof params[key] === "number" ? [`${key}${params[key]}`] : [key, params[key] as string];
  });
  const text = ["lora", name, ...words].join("-").replace(/[^A-Za-z0-9.-]+/g, "_");
  return text.slice(0, 80);
}

/** Saves a file on the reader's device, as a click on a download link would. */
export function save(document: Document, file: string, content: Blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = file;
  link.click();
  // By then the download has read the address; browsers don't tell.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
