type Place = HTMLElement & {
  ready: Promise<unknown>;
  state: Record<string, unknown>;
  set(raw: object): Promise<unknown>;
};

/**
 * Puts the figure into twenty states, the same each time, that mix what its phrases name. Gives the phrases whose mark is not
 * true of the state, and how many were marked. Runs on the page.
 */
export async function marksInRandomStates(element: Element): Promise<{wrong: string[]; marked: number}> {
  const place = element as Place;
  const links = [...document.querySelectorAll<HTMLElement>(`a.set[data-figure="${place.getAttribute("figure")}"]`)];
  if (!links.length) return {wrong: [], marked: 0};
  await place.ready;
  const named = links.map((link) => JSON.parse(link.dataset.params!) as Record<string, unknown>);
  const names = [...new Set(named.flatMap((params) => Object.keys(params)))];
  const values = names.map((name) => [...new Set(named.flatMap((params) => (name in params ? [params[name]] : [])))]);
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  let seed = 7;
  const below = (count: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % count;
  };
  // Of several phrases for one state, one is marked.
  const liesOf = () =>
    links.filter((link, n) => {
      const isTrue = Object.entries(named[n]!).every(([name, value]) => place.state[name] === value);
      if (link.ariaCurrent === "true") return !isTrue;
      const {params} = link.dataset;
      return isTrue && !links.some((other) => other.dataset.params === params && other.ariaCurrent === "true");
    });
  const wrong: string[] = [];
  let marked = 0;
  for (let i = 0; i < 20; i++) {
    // Half of the states are those of one phrase, with another's values mixed in every other time.
    const from = named[below(named.length)]!;
    const mixed = Object.fromEntries(
      names.flatMap((name, n) => (below(3) ? [] : [[name, values[n]![below(values[n]!.length)]]])),
    );
    await place.set(i % 2 ? from : {...from, ...mixed});
    // A run that starts anew may take a moment until its first step is shown and marked, on a busy machine some seconds.
    const end = performance.now() + 10_000;
    do await frame();
    while (liesOf().length && performance.now() < end);
    wrong.push(...liesOf().map((link) => `${link.textContent} at ${JSON.stringify(place.state)}`));
    marked += links.filter((link) => link.ariaCurrent === "true").length;
  }
  return {wrong, marked};
}
