/** The row of tabs in the embed dialog. */
import {make} from "../makeElement.ts";

/** The tab that was chosen last on this page. */
let lastChosen = 0;

/** A row of tabs, as the dialog uses it. */
export interface Tabs {
  readonly chosen: number;
  /** Opens the tab that was chosen last, and moves the focus there. */
  open(): void;
}

/** Makes ARIA tabs of `list` and `panel`: one tab stop, arrows and Home/End choose, and `onChoose` fills the panel. */
export function tabs(
  {list, panel}: {list: HTMLElement; panel: HTMLElement},
  label: string,
  names: readonly string[],
  onChoose: () => void,
): Tabs {
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", label);
  panel.id = "share-panel";
  panel.setAttribute("role", "tabpanel");
  const buttons = names.map((name, at) => {
    const tab = make(list, "button", "share-tab", name);
    tab.type = "button";
    tab.id = `share-tab-${at}`;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    tab.onclick = () => choose(at);
    return tab;
  });
  function choose(at: number) {
    lastChosen = at;
    for (const [i, tab] of buttons.entries()) {
      tab.setAttribute("aria-selected", String(i === at));
      tab.tabIndex = i === at ? 0 : -1;
    }
    panel.setAttribute("aria-labelledby", buttons[at]!.id);
    onChoose();
    buttons[at]!.focus();
  }
  list.addEventListener("keydown", (event) => {
    const to = {ArrowRight: lastChosen + 1, ArrowLeft: lastChosen - 1, Home: 0, End: buttons.length - 1}[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose((to + buttons.length) % buttons.length);
  });
  return {
    get chosen() {
      return lastChosen;
    },
    open: () => choose(lastChosen),
  };
}
