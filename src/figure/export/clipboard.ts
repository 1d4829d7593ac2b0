/** Copies text to the clipboard. Gives false if the page may not copy, as in most frames. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** A field with this text, which is selected when it gets the focus, for readers to copy by hand. */
export function selectableField(document: Document, text: string, label: string): HTMLInputElement {
  const field = document.createElement("input");
  field.className = "copyable";
  field.readOnly = true;
  field.value = text;
  field.setAttribute("aria-label", label);
  field.addEventListener("focus", () => field.select());
  return field;
}
