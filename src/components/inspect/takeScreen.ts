/** Take home: files of the adapter as it is, cut or merged, and of what was found out about it. */
import {capital, percent, size} from "../../answers/inspect/format.ts";
import type {TakeChange, TakenFile, TakenHome} from "../../answers/inspect/protocol.ts";
import {save} from "../../shell/take/save.ts";
import {make} from "../../shell/take/share/make.ts";
import {button, part, progress, sayIn} from "./parts.ts";
import type {Place, Room} from "./state.ts";
import {waiting} from "./waiting.ts";

const METHODS = {
  sum: "the sum of the updates, exact",
  factors: "PEFT’s “linear”: adds A to A and B to B, another update",
  ties: "TIES: the largest entries that agree in sign",
  dare: "DARE: entries at random, stretched",
} as const;

export function takeScreen(room: Room): void {
  const {state, panel, sentence} = room;
  const place = state.places[state.shown]!;
  if (waiting(room, place)) return;
  if (state.take.kind === "merge" && (!state.places[1] || state.shown === 1)) state.take.kind = "none";
  sayIn(sentence, "Files for other programs, and the numbers of this page.");
  const columns = make(panel, "div", "inspect-columns wide-left");
  adapterPart(room, make(columns, "div"), place);
  foundPart(room, make(columns, "div"));
}

/** A field with a label before it. */
function select<T extends string>(
  root: Element,
  label: string,
  options: readonly (readonly [T, string])[],
  chosen: T,
  take: (value: T) => void,
): HTMLSelectElement {
  const field = make(make(root, "label", "inspect-field", label), "select");
  for (const [value, text] of options) {
    const option = make(field, "option", "", text);
    option.value = value;
    option.selected = value === chosen;
  }
  field.addEventListener("change", () => take(field.value as T));
  return field;
}

function adapterPart(room: Room, root: Element, place: Place): void {
  const {cannot, facts} = place.opened;
  const section = part(root, "The adapter");
  const ways = (
    [
      ["PEFT", "PEFT files"],
      ["same", `its own names (${facts.families.join(" and ")})`],
    ] as const
  ).filter(([as]) => cannot[as] === undefined && !(as === "same" && facts.families.join() === "PEFT"));
  for (const as of ["PEFT", "same"] as const)
    if (cannot[as] !== undefined && (as === "PEFT" || ways.length === 0))
      make(
        section,
        "p",
        "inspect-aside",
        as === "PEFT"
          ? `It cannot be written as a PEFT adapter, because ${cannot.PEFT}.`
          : `Under its own names it cannot be written, because ${cannot.same}.`,
      );
  if (ways.length === 0) return;
  const form = make(section, "div", "inspect-form");
  whatFields(room, form, place);
  let as = ways[0]![0];
  if (ways.length > 1) select(form, "As", ways, as, (value) => (as = value));
  else make(form, "p", "inspect-aside", `It is written as ${ways[0]![1]}.`);
  let dtype: "keep" | "F32" | "F16" | "BF16" = "keep";
  select(
    form,
    "Number format",
    [
      ["keep", `as they are (${facts.dtypes[0]?.[0] ?? ""})`],
      ["F32", "F32"],
      ["F16", "F16"],
      ["BF16", "BF16"],
    ] as const,
    dtype,
    (value) => (dtype = value),
  );
  if (place.verdict!.asked > 0)
    make(
      form,
      "p",
      "inspect-note",
      "The file has no alpha. It is written with scale 1; you can set another under What it is.",
    );
  const row = make(section, "div", "inspect-buttons");
  const result = make(section, "div", "inspect-taken");
  result.setAttribute("role", "status");
  const press = () => {
    if (!refused(form, result)) makeFiles(room, result, {as, ...(dtype !== "keep" && {dtype})});
  };
  button(row, "Make the files", press, "main");
}

/** Says which number of the form cannot be; true when there is one. */
function refused(form: Element, result: HTMLElement): boolean {
  const wrong = form.querySelector<HTMLInputElement>("[aria-invalid=true]");
  if (!wrong) return false;
  result.replaceChildren();
  const words = `${wrong.dataset.name} must be from ${wrong.min} to ${wrong.max}; nothing was written.`;
  make(result, "p", "inspect-note", words);
  wrong.focus();
  return true;
}

function whatFields(room: Room, form: Element, place: Place): void {
  const {state} = room;
  const {take} = state;
  const ranks = [...place.modules.values()].map(({r}) => r);
  const most = Math.max(...ranks);
  state.cut.r ||= Math.max(1, Math.floor(most / 2));
  const kinds: [TakeChange["kind"], string][] = [
    ["none", "as it is"],
    ...(most > 1 ? [["cut", "cut to a lower rank"] as [TakeChange["kind"], string]] : []),
    ...(state.places[1] && state.shown === 0
      ? [["merge", "merged with the second adapter"] as [TakeChange["kind"], string]]
      : []),
  ];
  select(form, "What", kinds, take.kind, (kind) => {
    take.kind = kind;
    room.draw();
    room.panel.querySelector<HTMLElement>("select")?.focus();
  });
  if (take.kind === "cut") {
    number(form, "Rank", state.cut.r, 1, most, (r) => (state.cut.r = r));
    select(
      form,
      "Ranks",
      [
        ["even", "the same everywhere"],
        ["split", "best split of those bytes"],
      ] as const,
      state.cut.isSplit ? "split" : "even",
      (value) => {
        state.cut.isSplit = value === "split";
      },
    );
  }
  if (take.kind !== "merge") return;
  make(form, "p", "inspect-aside", `Weights ${state.weights.join(" and ")}, as Merge has them.`);
  select(form, "By", Object.entries(METHODS) as [keyof typeof METHODS, string][], take.method, (method) => {
    take.method = method;
    room.draw();
    room.panel.querySelectorAll<HTMLElement>("select")[1]?.focus();
  });
  const second = [...state.places[1]!.modules.values()].map(({r}) => r);
  const whole = take.method === "sum" ? most + Math.max(...second) : Math.max(most, ...second);
  number(
    form,
    "Rank at most",
    Math.min(take.rank ?? whole, whole),
    1,
    whole,
    (r) => (take.rank = r === whole && take.method === "sum" ? undefined : r),
  );
  if (take.method === "ties" || take.method === "dare") {
    number(form, "Share of entries kept", take.density, 0.05, 1, (share) => (take.density = share), 0.05);
    make(
      form,
      "p",
      "inspect-aside",
      "These look at single entries of ΔW, so each module is formed, merged and cut again: about a second for a module of 4,096 × 4,096.",
    );
  }
}

function number(
  root: Element,
  label: string,
  value: number,
  least: number,
  most: number,
  take: (value: number) => void,
  step = 1,
): void {
  const field = make(make(root, "label", "inspect-field", label), "input");
  field.type = "number";
  field.dataset.name = label;
  [field.min, field.max, field.step, field.value] = [least, most, step, value].map(String) as [
    string,
    string,
    string,
    string,
  ];
  field.addEventListener("input", () => {
    const typed = field.valueAsNumber;
    const isFine = typed >= least && typed <= most && (step < 1 || Number.isInteger(typed));
    field.setAttribute("aria-invalid", String(!isFine));
    if (isFine) take(typed);
  });
}

function changeNow({state}: Room): TakeChange {
  const {take, cut, weights} = state;
  if (take.kind === "cut") return {kind: "cut", ...cut};
  if (take.kind === "none") return {kind: "none"};
  return {
    kind: "merge",
    weights,
    method: take.method,
    density: take.density,
    ...(take.rank !== undefined && {rank: take.rank}),
  };
}

async function makeFiles(
  room: Room,
  root: HTMLElement,
  how: {as: "PEFT" | "same"; dtype?: "F32" | "F16" | "BF16"},
): Promise<void> {
  const {state, client} = room;
  root.replaceChildren();
  const stop = new AbortController();
  const tell = progress(root, "Writing", () => stop.abort());
  room.leave = () => stop.abort();
  try {
    const taken = await client.ask(
      "take",
      {slot: state.shown, change: changeNow(room), ...how},
      {news: ({done, of}) => tell(`Writing, ${done} of ${of}`, done / of), signal: stop.signal},
    );
    const {kind, rank} = state.take;
    showTaken(root, taken, kind === "merge" ? `Cutting the merge${rank ? ` to rank ${rank}` : ""}` : "The cut");
  } catch (error) {
    root.replaceChildren();
    make(root, "p", "inspect-note", stop.signal.aborted ? "Stopped; nothing was written." : (error as Error).message);
  }
}

function showTaken(root: HTMLElement, {files, error, notes}: TakenHome, what: string): void {
  root.replaceChildren();
  make(
    root,
    "p",
    "",
    error > 0
      ? `Ready. ${what} changed ${what === "The cut" ? "the update" : "it"} by ${percent(error, 2)} of its length.`
      : "Ready.",
  );
  const row = make(root, "div", "inspect-buttons");
  for (const file of files) button(row, `Save ${file.name} (${size(file.bytes.length)})`, () => saveFile(root, file));
  for (const note of notes) make(root, "p", "inspect-aside", `${capital(note)}.`);
}

const saveFile = (root: Element, {name, bytes}: TakenFile) =>
  save(root.ownerDocument, name, new Blob([bytes], {type: "application/octet-stream"}));

function foundPart({client, state}: Room, root: Element): void {
  const section = part(root, "What was found");
  const said = make(section, "p", "inspect-aside");
  said.setAttribute("role", "status");
  const list = make(section, "ul", "inspect-files");
  const files = [
    ["csv", "The numbers, as CSV", "one line a module: norm, σ, ranks, scale"],
    ["json", "The report, as JSON", "facts, checks and all singular values, for a program"],
    [
      "python",
      "The same in Python",
      "a program that needs NumPy alone; it reads the file and the report, and says how far they differ",
    ],
  ] as const;
  for (const [as, name, what] of files) {
    const item = make(list, "li");
    button(item, name, async () => {
      try {
        const file = await client.ask("report", {slot: state.shown, as});
        saveFile(root, file);
        said.textContent = `${file.name} is saved.`;
      } catch (error) {
        said.textContent = (error as Error).message;
      }
    });
    make(item, "span", "", what);
  }
}
