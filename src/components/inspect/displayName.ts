/** How an adapter is called: by its folder where its own name says nothing. */
export function displayName(path: string): string {
  const parts = path.split("/").filter(Boolean);
  const file = parts.at(-1) ?? path;
  return /^(adapter_model|adapters|pytorch_lora_weights)\.\w+$/.test(file) && parts.length > 1 ? parts.at(-2)! : file;
}
