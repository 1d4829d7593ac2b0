/** The headings of the tasks on words. */
const titles: Readonly<Record<string, string>> = {
  names: "Teach a word machine to invent names",
  french: "Teach a word machine French",
  spanish: "Teach a word machine Spanish",
  own: "Teach a word machine your own words",
};

/** The lab's parameters by their names. */
type State = Readonly<Record<string, number | string>>;

/** Keeps the heading and the lead of the page true to the lab's state: the machine, the task, and how much is trained. */
export function startHeading(root: Document): void {
  const heading = root.querySelector("h1")!;
  const lead = root.querySelector<HTMLElement>(".lead")!;
  const show = (state: State) => {
    const title = titles[state.task!];
    heading.textContent = title ?? "Teach a digit machine a new operation";
    for (const part of lead.querySelectorAll<HTMLElement>("[data-of]"))
      part.hidden = part.dataset.of !== (title ? "words" : "digits");
    for (const part of lead.querySelectorAll<HTMLElement>("[data-frozen]")) part.hidden = state.method === "full";
    const isUsual = state.method === "lora" && state.on === "qkvo12" && state.r === "4";
    for (const part of lead.querySelectorAll<HTMLElement>("[data-trains]"))
      part.hidden = part.dataset.trains !== (isUsual ? "usual" : "else");
  };
  for (const type of ["lora-change", "lora-ready"] as const)
    root.documentElement.addEventListener(type, ({target, detail}) => {
      if ((target as Element).getAttribute("name") === "lab") show(detail.state);
    });
}
