import {pinnedNames} from "../hosting/pinned.ts";
import type {Files} from "./bundle.ts";

/** Replaces each of these texts, which has to be there as often as it says, so that no new address in a script is overlooked. */
function moved(path: string, text: string, changes: readonly (readonly [from: RegExp, to: string, times: number])[]) {
  return changes.reduce((before, [from, to, times]) => {
    const found = before.match(from)?.length ?? 0;
    if (found !== times) throw new Error(`embeds: ${path} names ${from} ${found} times, and ${times} were due`);
    return before.replace(from, to);
  }, text);
}

/**
 * Copies of the files that keep their names, for `v1/<version>/`, one folder further down. They name the same files with hashes
 * in their names as the others, and the site's root one folder higher up. The notebooks' module takes the element of its version.
 */
export function pinnedCopies(files: Files, version: string): Files {
  const text = (name: string) => {
    const bytes = files[name];
    if (!bytes) throw new Error(`embeds: ${name} was not built`);
    return Buffer.from(bytes).toString("utf8");
  };
  const element = text("lora-widget.js");
  const parts = element.match(/(["'`])\.\/lora-[\w-]+\.js\1/g)?.length ?? 0;
  const notebook = text("lora.anywidget.mjs");
  const copies: Record<(typeof pinnedNames)[number], string> = {
    "lora-widget.js": moved("lora-widget.js", element, [
      [/(?<=["'`])\.\.\/\.\.\/(?=["'`])/g, "../../../", 1],
      [/(?<=["'`])\.\//g, "../", parts],
    ]),
    "lora-embed.js": moved("lora-embed.js", text("lora-embed.js"), [
      [/(?<=["'`])\.\.\/\.\.\/embed\//g, "../../../embed/", 1],
    ]),
    // Without a site's address there is none to copy from.
    "lora.anywidget.mjs": notebook.replaceAll("js/v1/lora", `js/v1/${version}/lora`),
  };
  return Object.fromEntries(pinnedNames.map((name) => [`${version}/${name}`, Buffer.from(copies[name])]));
}
