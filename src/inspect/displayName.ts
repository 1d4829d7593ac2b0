/** How adapters are called, so that two can be told apart, and what their configs call their bases. */
import type {Opened} from "./protocol.ts";

/** What is known of a file besides its numbers. */
interface Known {
  path: string;
  base?: string | undefined;
  /** When it was saved, in milliseconds. */
  saved?: number | undefined;
  /** Its rank, where there is one. */
  rank?: number | undefined;
}

/** The last part of a Hub id or of a path on any system. */
const lastOf = (name: string) => name.split(/[\\/]/).findLast(Boolean) ?? name;

const day = (saved: number) =>
  new Date(saved).toLocaleString("en-US", {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });

/** The file's name where it says something, else its folder, else its base and when it was saved; never `other`. */
export function displayName({path, base, saved, rank}: Known, other?: string): string {
  const parts = path.split("/").filter(Boolean);
  const file = parts.at(-1) ?? path;
  const folders = parts.slice(0, -1);
  const isUsual = /^(adapter_model|adapters|pytorch_lora_weights)\.\w+$/.test(file);
  const short = isUsual && base ? lastOf(base) : file;
  const names = [
    ...(isUsual ? [] : [file]),
    ...(folders.length > 0 ? [isUsual ? folders.at(-1)! : `${folders.at(-1)}/${file}`] : []),
    ...(folders.length > 1 ? [(isUsual ? folders : parts).join("/")] : []),
    ...(saved === undefined ? [] : [`${short}, saved ${day(saved)}`]),
    ...(rank === undefined ? [] : [`${short}, rank ${rank}`]),
    short,
  ];
  return names.find((name) => name !== other) ?? `${short} (2)`;
}

/** A base's name without what says only where it is or how it is stored. */
const plain = (name: string) =>
  lastOf(name)
    .toLowerCase()
    .replace(/(?:-unsloth)?-bnb-4bit$/, "");

/** A sentence for two adapters whose configs name different bases, which equal shapes would not show. */
export function basesApart({facts: {base: one}}: Opened, {facts: {base: two}}: Opened): string | undefined {
  const areConfigs = one?.from === "adapter_config.json" && two?.from === "adapter_config.json";
  if (!areConfigs || plain(one.name) === plain(two.name)) return undefined;
  return `Their configs name different bases (${lastOf(one.name)}, ${lastOf(two.name)}). Equal shapes do not make them the same.`;
}
