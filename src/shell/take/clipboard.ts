/** Puts text on the clipboard; false where the page may not, as in most frames. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The text in a field the reader can copy from, selected. */
export function selectable(document: Document, text: string, label: string): HTMLInputElement {
  const field = document.createElement("input");
  field.className = "copyable";
  field.readOnly = true;
  field.value = text;
  field.setAttribute("aria-label", label);
  field.addEventListener("focus", () => field.select());
  return field;
}
