/** A button with this text that is not in the page yet. `press` is called when it is pressed. */
export const newButton = (root: Document, text: string, press: (() => void) | null = null): HTMLButtonElement =>
  Object.assign(root.createElement("button"), {type: "button", textContent: text, onclick: press});
