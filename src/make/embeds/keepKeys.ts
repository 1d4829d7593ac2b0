/**
 * Keys pressed inside a figure are the figure's, as they are in a frame: a deck of slides or a page with shortcuts hears them
 * from an element it does not know and would turn the slide while a reader moves a slider. Escape, and what is pressed
 * with Ctrl, Alt or Meta, is for the page too.
 */
export const keepKeys = (element: HTMLElement) => {
  for (const type of ["keydown", "keypress", "keyup"] as const)
    element.addEventListener(type, (event) => {
      if (event.key !== "Escape" && !event.ctrlKey && !event.altKey && !event.metaKey) event.stopPropagation();
    });
};
