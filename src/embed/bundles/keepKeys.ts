/**
 * Keeps key presses inside a figure from the page around it, as a frame would. Otherwise a slide deck would turn its slides while a
 * reader moves a slider with the arrow keys. Escape and keys with Ctrl, Alt or Meta still reach the page.
 */
export const keepKeys = (element: HTMLElement) => {
  for (const type of ["keydown", "keypress", "keyup"] as const)
    element.addEventListener(type, (event) => {
      if (event.key !== "Escape" && !event.ctrlKey && !event.altKey && !event.metaKey) event.stopPropagation();
    });
};
