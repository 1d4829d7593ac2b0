/** Names for open adapters that tell two of them apart, and a sentence where their configs name different bases. */
import type {OpenedFile} from "./protocol.ts";

/** The last part of a Hub id or of a path on any system. */
const lastPathPart = (name: string) => name.split(/[\\/]/).findLast(Boolean) ?? name;

/** The file's name if it is not a usual one, else its folder's or its base's if it has one. Where `other` has that name, a number is added. */
export function displayName({name: path, facts: {base}}: Pick<OpenedFile, "name" | "facts">, other?: string): string {
  const [file, folder] = path.split("/").filter(Boolean).reverse();
  const isUsual = /^(adapter_model|adapters|pytorch_lora_weights)\.\w+$/.test(file ?? "");
  const name = (isUsual ? (folder ?? (base && lastPathPart(base.name))) : undefined) ?? file ?? path;
  return name === other ? `${name} (2)` : name;
}

/** A base's name without its path and without what says how it is quantized. */
const comparableName = (name: string) =>
  lastPathPart(name)
    .toLowerCase()
    .replace(/(?:-unsloth)?-bnb-4bit$/, "");

/** A sentence if the configs of two adapters name different bases, which equal shapes would hide; else undefined. */
export function differentBases({facts: {base: one}}: OpenedFile, {facts: {base: two}}: OpenedFile): string | undefined {
  const areNamedByConfigs = one?.from === "adapter_config.json" && two?.from === "adapter_config.json";
  if (!areNamedByConfigs || comparableName(one.name) === comparableName(two.name)) return undefined;
  return `Their configs name different bases (${lastPathPart(one.name)}, ${lastPathPart(two.name)}). Equal shapes do not make them the same.`;
}
