/** A script for <head>, as text: it applies the reader's stored theme before anything is painted. */
export const themeScript = `try{var t=localStorage.getItem("lora-live:theme");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch(e){}`;

/** The page's color in both themes, as in src/site/styles/tokens.css. Browsers also color the window around the page with it. */
export const paperColors = {light: "#fcfbf8", dark: "#15161a"};

/** Starts the button that cycles through the themes automatic, dark and light. Without storage it works for this page. */
export function startTheme(button: HTMLButtonElement) {
  const root = document.documentElement;
  const names = {auto: "as your system", light: "light", dark: "dark"};
  type Theme = keyof typeof names;
  const current = (): Theme => (root.dataset.theme as Theme | undefined) ?? "auto";
  const show = () => {
    button.setAttribute("aria-label", `Theme: ${names[current()]}. Change it.`);
    // The window around the page follows the choice and not only the system.
    for (const meta of document.querySelectorAll<HTMLMetaElement>("meta[data-theme]")) {
      const {theme} = meta.dataset;
      meta.media = current() === "auto" ? `(prefers-color-scheme: ${theme})` : current() === theme ? "all" : "not all";
    }
  };
  show();
  button.disabled = false;
  button.addEventListener("click", () => {
    const next = ({auto: "dark", dark: "light", light: "auto"} as const)[current()];
    if (next === "auto") delete root.dataset.theme;
    else root.dataset.theme = next;
    show();
    try {
      if (next === "auto") localStorage.removeItem("lora-live:theme");
      else localStorage.setItem("lora-live:theme", next);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  });
}
