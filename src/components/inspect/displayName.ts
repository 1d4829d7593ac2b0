/** How an adapter is called: by its folder, or else by its base, where its own name says nothing. */
export function displayName(path: string, base?: string): string {
  const parts = path.split("/").filter(Boolean);
  const file = parts.at(-1) ?? path;
  if (!/^(adapter_model|adapters|pytorch_lora_weights)\.\w+$/.test(file)) return file;
  if (parts.length > 1) return parts.at(-2)!;
  const short = base?.split("/").filter(Boolean).at(-1);
  return short ? `${short}, ${file}` : file;
}
