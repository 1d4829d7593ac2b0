import {markRead} from "../chapter/readMarks.ts";
import {confirmed} from "./confirmButton.ts";
import type {Entry} from "./entries.ts";
import {calledOf, counted, countedAll, kindsOf} from "./kindNames.ts";
import {startLoading} from "./loadBackup.ts";
import {saveCopy} from "./saveBackup.ts";
import type {Keep} from "./store.ts";

/** Where what is kept stands, in a sentence. */
export function stateText(keep: Keep): string {
  const entries = keep.entries();
  if (!entries.length)
    return keep.consent === "yes" ? "You said yes to keeping, and nothing is kept yet." : "Nothing is kept of you.";
  const [kept, held] = [true, false].map((isKept) =>
    entries.filter(({kind, id}) => keep.isKept(kind, id) === isKept),
  ) as [Entry[], Entry[]];
  return [
    ...(kept.length ? [`Kept on this device: ${countedAll(kept)}.`] : []),
    ...(held.length ? [`Held for this page, and gone when you leave it: ${countedAll(held)}.`] : []),
  ].join(" ");
}

/** Brings the page of what is kept to life: lists it, saves it, takes a copy back, erases a kind or all. */
export function startOwnData(root: Document, keep: Keep): void {
  const state = root.querySelector<HTMLElement>(".own-state")!;
  const lists = root.querySelector(".own-lists")!;
  const known = root.querySelector<HTMLTemplateElement>(".own-data template")!.content;
  const trouble = keep.trouble();

  /** What an id names, with its chapter; the id itself where the page does not know it. */
  function named(id: string): Node[] {
    const item = known.querySelector<HTMLElement>(`[data-id="${id}"]`);
    if (!item) return [root.createTextNode(id)];
    const from = Object.assign(root.createElement("span"), {className: "own-from", textContent: item.dataset.from});
    return [from, root.createTextNode(" "), ...[...item.childNodes].map((node) => root.importNode(node, true))];
  }

  function item({kind, id, value}: Entry): Element {
    const row = root.createElement("li");
    const what = Object.assign(root.createElement("div"), {className: "own-what"});
    what.append(...named(id));
    const text = Object.assign(root.createElement("div"), {
      className: "own-given",
      textContent: calledOf(kind).text(value),
    });
    row.append(what, text);
    return row;
  }

  function list(kind: Entry["kind"], entries: readonly Entry[]): Element {
    const section = root.createElement("section");
    const title = Object.assign(root.createElement("h2"), {id: `kind-${kind}`, textContent: calledOf(kind).title});
    section.setAttribute("aria-labelledby", title.id);
    const items = Object.assign(root.createElement("ul"), {className: "own-items"});
    items.append(...entries.map(item));
    const place = root.createElement("div");
    offer(place, kind, entries.length);
    section.append(title, items, place);
    return section;
  }

  /** The button that erases a kind. */
  function offer(place: Element, kind: Entry["kind"], n: number) {
    const what = counted(kind, n);
    confirmed(
      place,
      `Erase ${what}`,
      `Erase ${what} from this device? Only a saved copy can bring back what is erased.`,
      () => erase(`Erased: ${what}.`, kind),
    );
  }

  function erase(done: string, kind?: Entry["kind"]) {
    keep.forget(kind);
    root.querySelector(".loaded")!.replaceChildren();
    show();
    state.textContent = `${keep.trouble() ?? done} ${stateText(keep)}`;
    state.tabIndex = -1;
    state.focus();
  }

  function show() {
    const entries = keep.entries();
    const of = (kind: Entry["kind"]) => entries.filter((entry) => entry.kind === kind);
    state.textContent = stateText(keep);
    lists.replaceChildren(
      ...kindsOf(entries)
        .filter((kind) => kind !== "chapter")
        .map((kind) => list(kind, of(kind))),
    );
    const read = root.querySelector(".erase-read")!;
    if (of("chapter").length) offer(read, "chapter", of("chapter").length);
    else read.replaceChildren();
    const all = root.querySelector(".erase-all")!;
    if (entries.length || keep.consent === "yes")
      confirmed(all, "Erase it all", "Erase everything this site keeps of you on this device?", () =>
        erase("Everything that was kept is erased."),
      );
    else all.textContent = "There is nothing to erase.";
    root.querySelector<HTMLButtonElement>(".own-data .save")!.disabled = !entries.length;
    markRead(root, keep);
    for (const item of root.querySelectorAll<HTMLElement>(".own-data .read li"))
      item.toggleAttribute("data-opened", keep.get("chapter", item.dataset.chapter!) === "visited");
  }

  root.querySelector<HTMLButtonElement>(".own-data .save")!.onclick = () => saveCopy(root, keep);
  startLoading(root, keep, show);
  show();
  // Another window may keep or erase meanwhile; so may one that came in front of a page that waits to be shown again.
  window.addEventListener("storage", show);
  window.addEventListener("pageshow", ({persisted}) => persisted && show());
  if (trouble) state.textContent = `${trouble} ${stateText(keep)}`;
}
