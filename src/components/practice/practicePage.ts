import {addressOf, caseOf, OWN_ID, type Raw} from "../../answers/practice/cases.ts";
import {configs} from "../../answers/practice/configs.ts";
import {answer} from "../../answers/practice/lines.ts";
import {memory} from "../../answers/practice/memory.ts";
import {said} from "../../answers/practice/said.ts";
import {drawConfigs, drawLines, drawRacks} from "./view.ts";

/** Starts the form: takes the case from the address, draws the answer when it changes, and keeps the address up to date. */
export function startPractice(page: Document): void {
  const form = page.querySelector<HTMLFormElement>("form.case")!;
  const part = (name: string) => page.querySelector<HTMLElement>(name)!;
  const [lines, racks, refusals, own] = [part(".answers"), part(".racks"), part(".refused"), part(".own-sizes")];
  const sentence = part(".case-said");
  const fields = () => [...form.elements].filter((one) => "name" in one && one.name !== "") as HTMLInputElement[];
  /** The claims are on the page already, in the list of all of them. */
  const write = (item: Element, id: string) =>
    item.append(...[...page.getElementById(`claim-${id}`)!.cloneNode(true).childNodes]);

  function draw(raw: Raw) {
    const {one, refused} = caseOf(raw);
    refusals.textContent = refused.join(" ");
    own.hidden = one.preset.id !== OWN_ID;
    sentence.textContent = said(one);
    const open = new Set(
      [...lines.querySelectorAll<HTMLElement>(".answer:has([open])")].map(({dataset}) => dataset.topic),
    );
    drawLines(lines, answer(one), write);
    for (const line of lines.querySelectorAll<HTMLElement>(".answer"))
      if (open.has(line.dataset.topic)) line.querySelector("details")!.open = true;
    drawRacks(racks, one, memory(one));
    drawConfigs(page, configs(one));
    return one;
  }

  function fill(raw: Raw) {
    for (const field of fields()) if (raw[field.name] !== undefined) field.value = raw[field.name]!;
  }

  const typed = (): Raw => Object.fromEntries(fields().map(({name, value}) => [name, value]));
  const asked = () => Object.fromEntries(new URLSearchParams(page.location.search));

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    const address = addressOf(draw(typed()));
    const {pathname, hash} = page.location;
    page.defaultView!.history.replaceState(null, "", `${pathname}${address && `?${address}`}${hash}`);
  });
  const begin = asked();
  if (Object.keys(begin).length > 0) {
    form.reset();
    fill(begin);
    draw(begin);
  } else if (addressOf(caseOf(typed()).one) !== "") draw(typed());
}
