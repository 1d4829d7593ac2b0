/** Runs in <head> before anything is painted, as text: the reader's stored choice of theme, if there is one. */
export const themeBefore = `try{var t=localStorage.getItem("lora-live:theme");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch(e){}`;

/** The paper's color in both themes, as styles/tokens.css has it; for the window around the page. */
export const papers = {light: "#fcfbf8", dark: "#15161a"};

/** The button that goes round automatic, light and dark; works for this page where nothing may be stored. */
export function startTheme(button: HTMLButtonElement) {
  const root = document.documentElement;
  const names = {auto: "as your system", light: "light", dark: "dark"};
  type Theme = keyof typeof names;
  const now = (): Theme => (root.dataset.theme as Theme | undefined) ?? "auto";
  const say = () => {
    button.setAttribute("aria-label", `Theme: ${names[now()]}. Change it.`);
    // The color of the window around the page follows the choice, not only the system.
    for (const meta of document.querySelectorAll<HTMLMetaElement>("meta[data-theme]")) {
      const {theme} = meta.dataset;
      meta.media = now() === "auto" ? `(prefers-color-scheme: ${theme})` : now() === theme ? "all" : "not all";
    }
  };
  say();
  button.disabled = false;
  button.addEventListener("click", () => {
    const next = ({auto: "dark", dark: "light", light: "auto"} as const)[now()];
    if (next === "auto") delete root.dataset.theme;
    else root.dataset.theme = next;
    say();
    try {
      if (next === "auto") localStorage.removeItem("lora-live:theme");
      else localStorage.setItem("lora-live:theme", next);
    } catch {
      // Storage is refused; the choice holds for this page.
    }
  });
}
