import {make} from "../figure/makeElement.ts";
import {counted} from "../figure/plot/text/format.ts";
import {unbroken} from "./format.ts";
import {paragraph, pressButton} from "./parts.ts";
import type {OpenAdapter, ScreenContext} from "./state.ts";

/** The largest alpha that a reader can set; with much larger ones norms would overflow. */
const MAX_ALPHA = 1e6;

/** Draws a card that asks which alpha applies, for a file in which `count` modules have none. */
export function drawAlphaCard(screen: ScreenContext, adapter: OpenAdapter, count: number): void {
  const slot = screen.state.shownSlot;
  const card = make(screen.panel, "section", "inspect-card inspect-alpha");
  make(card, "h2", "", "Which alpha applies?");
  const ranks = adapter.opened.facts.ranks.map(([r]) => r);
  const rank = ranks.length === 1 ? ` of rank ${ranks[0]}` : "";
  paragraph(
    card,
    `The file has ${counted(count, "module")}${rank} and no alpha: no .alpha tensor, nothing in its metadata, ${adapter.opened.isConfigUnreadable ? "and its adapter_config.json could not be read" : "no config"}. Loaders differ here, so the strength of the update is known only up to a factor. Its directions, ranks and shares do not depend on it. Norms do, so they are those of B·A until you say.`,
  );
  const row = make(card, "div", "inspect-buttons");
  pressButton(row, "Add adapter_config.json", () => screen.chooseFiles(slot), "main");
  pressButton(row, "α = r, scale 1", () => screen.setScale(slot, {scale: 1}));
  const form = make(row, "form", "inspect-number");
  const label = make(form, "label", "", unbroken("or α = "));
  const input = make(label, "input");
  input.type = "number";
  input.step = "any";
  [input.min, input.max] = ["0", String(MAX_ALPHA)];
  input.required = true;
  const button = make(form, "button", "", "Use it");
  button.type = "submit";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const alpha = input.valueAsNumber;
    if (alpha > 0 && alpha <= MAX_ALPHA) screen.setScale(slot, {alpha});
  });
}
