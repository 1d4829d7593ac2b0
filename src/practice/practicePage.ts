import {make} from "../figure/makeElement.ts";
import {answer} from "./answerLines.ts";
import {caseSentence} from "./caseSentence.ts";
import {caseAddress, caseOf, OWN_ID, type RawCase, type RefusedValue} from "./cases.ts";
import {configs} from "./configs.ts";
import {memory} from "./memory.ts";
import {drawConfigs, drawLines, drawRacks} from "./view.ts";

/** Says in each field what is wrong with it. */
function tell(fields: readonly HTMLInputElement[], refused: readonly RefusedValue[]): void {
  for (const field of fields) {
    const says = refused.filter((one) => one.field === field.name).map((one) => one.says);
    const label = field.closest("label")!;
    label.querySelector(".refused")?.remove();
    if (says.length > 0) make(label, "span", "refused", says.join(" "));
    field.setAttribute("aria-invalid", String(says.length > 0));
  }
}

/** Starts the form: takes the case from the address, draws the answer when it changes, and keeps the address up to date. */
export function startPractice(page: Document): void {
  const form = page.querySelector<HTMLFormElement>("form.case")!;
  const part = (name: string) => page.querySelector<HTMLElement>(name)!;
  const [lines, racks, refusals, own] = [part(".answers"), part(".racks"), part(".refusals"), part(".own-sizes")];
  const sentence = part(".case-said");
  const fields = () => [...form.elements].filter((one) => "name" in one && one.name !== "") as HTMLInputElement[];
  /** The claims are on the page already, in the list of all of them. */
  const write = (item: Element, id: string) =>
    item.append(...[...page.getElementById(`claim-${id}`)!.cloneNode(true).childNodes]);

  function draw(raw: RawCase) {
    const {one, refused} = caseOf(raw);
    tell(fields(), refused);
    refusals.textContent = refused.map(({says}) => says).join(" ");
    own.hidden = one.preset.id !== OWN_ID;
    // A task that does not fit its model gave way.
    form.querySelector<HTMLSelectElement>("[name=task]")!.value = one.task;
    const isText = one.task !== "images";
    for (const label of form.querySelectorAll<HTMLElement>("[data-only]"))
      label.hidden = label.dataset.only === "text" ? !isText : label.dataset.only !== one.task;
    sentence.textContent = caseSentence(one);
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

  /** Draws what is asked for and writes it in the address, so that the address always leads to the answer. */
  function show(raw: RawCase): string {
    const address = caseAddress(draw(raw));
    const {pathname, hash} = page.location;
    page.defaultView!.history.replaceState(null, "", `${pathname}${address && `?${address}`}${hash}`);
    return address;
  }

  const typed = (): RawCase => Object.fromEntries(fields().map(({name, value}) => [name, value]));
  const rawOf = (address: string): RawCase => Object.fromEntries(new URLSearchParams(address));

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => show(typed()));
  if (page.location.search === "") show(typed());
  else {
    // The fields get what is used: an address may ask for what no field has.
    const used = rawOf(show(rawOf(page.location.search)));
    const task = typed().task;
    form.reset();
    for (const field of fields()) field.value = used[field.name] ?? field.value;
    form.querySelector<HTMLSelectElement>("[name=task]")!.value = task!;
  }
}
