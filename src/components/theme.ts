/** Runs in <head> before anything is painted, as text: the reader's stored choice of theme, if there is one. */
export const themeBefore = `try{var t=localStorage.getItem("lora-live:theme");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch(e){}`;

/** The button that goes round automatic, light and dark; works for this page where nothing may be stored. */
export function startTheme(button: HTMLButtonElement) {
  const root = document.documentElement;
  const names = {auto: "as your system", light: "light", dark: "dark"};
  type Theme = keyof typeof names;
  const now = (): Theme => (root.dataset.theme as Theme | undefined) ?? "auto";
  const say = () => button.setAttribute("aria-label", `Theme: ${names[now()]}. Change it.`);
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
