import {readdirSync, readFileSync} from "node:fs";
import {expect, type Locator, test} from "@playwright/test";
import {parseHTML} from "linkedom";
import sharp from "sharp";
import {answering, awake, shown, stateOf} from "../../browser/figure.ts";
import {noWorker} from "../../browser/noWorker.ts";
import {listen} from "../../browser/trouble.ts";

test.describe.configure({mode: "parallel"});

/**
 * Something to change in each widget, by keys alone: the field, the key, the parameter that moves; and a number the widget
 * takes, where that parameter is none. One that has only choices is given a number that is none of them.
 */
const moves: Readonly<Record<string, {field: string; key: string; name: string; link: string; number?: string}>> = {
  rank: {field: "input[name=r]", key: "ArrowRight", name: "r", link: "?r=7&source=sunset&row=3&column=40"},
  product: {
    field: "input[name=row]",
    key: "ArrowRight",
    name: "row",
    link: "?r=3&peel=2&d=4&k=5&row=3&column=5&b=1,2,3;4,5,6",
  },
  savings: {field: "input[name=r]", key: "ArrowUp", name: "r", link: "?preset=custom&r=3&d=40&k=60"},
  init: {
    field: "input[name=step]",
    key: "ArrowRight",
    name: "step",
    link: "?step=12&r=3&rate=0.3&optimizer=adam&seed=3",
  },
  cost: {
    field: "input[name=r]",
    key: "ArrowUp",
    name: "r",
    link: "?model=custom&d=640&layers=7&r=3&tasks=9&matrices=all&optimizer=sgd&precision=mixed&batch=2&tokens=64",
  },
  train: {
    field: "input[name=step]",
    key: "ArrowLeft",
    name: "step",
    link: "?r=3&alpha=8&rate=0.1&optimizer=sgd&step=90&examples=24&noise=2&planted=6&seed=3&row=2&column=9&kept=4-4-0.05-adamw-all-0-4-7",
  },
  merge: {
    field: "input[name=swaps]",
    key: "ArrowRight",
    name: "swaps",
    link: "?merged=both&precision=bf16&swaps=7&r=3&row=2&column=11&seed=4",
  },
  predict: {
    field: "input[name=count]",
    key: "ArrowRight",
    name: "count",
    link: "?strategy=biases&count=6.3&latency=45",
  },
  latency: {
    field: "input[name=r]",
    key: "ArrowRight",
    name: "r",
    link: "?setting=16x256&compared=l&tokens=16&width=64&r=9&guess=25",
  },
  intrinsic: {
    field: "input[name=d]:checked",
    key: "ArrowRight",
    name: "d",
    link: "?d=8&task=line&seed=3&units=40",
    number: "seed",
  },
  forward: {
    field: "input[name=steps]",
    key: "ArrowRight",
    name: "steps",
    link: "?stage=backward&steps=3&r=1&alpha=6&d=3&k=5&rate=0.003&seed=4&trace=dx&row=1&column=4",
  },
  lab: {
    field: "input[name=step]",
    key: "ArrowLeft",
    name: "step",
    link: "?task=swapEnds&r=8&rate=0.03&examples=500&alpha=4&seed=3&on=qk1&scale=1.5&input=204719&step=60",
  },
  results: {
    field: "input[name=against]",
    key: "ArrowRight",
    name: "against",
    link: "?from=2&glue=rte&glue-model=RoBERTa-large&against=3&methods=adapter&sort=score&guess=7.3",
  },
  budget: {
    field: "input[name=seed]",
    key: "ArrowRight",
    name: "seed",
    link: "?by=budget&order=best&seed=7&on=ko",
  },
  choose: {
    field: "input[name=latency]:checked",
    key: "ArrowLeft",
    name: "latency",
    link: "?latency=no&tasks=yes&quality=unseen&few=yes&length=yes&memory=yes&service=plain",
  },
  clinic: {
    field: "input[name=step]",
    key: "ArrowLeft",
    name: "step",
    link: "?case=2&guess=2-same&diagnosis=2-rank&r=3&step=60&seed=4",
  },
  sweep: {
    field: "input[name=learned]:checked",
    key: "ArrowRight",
    name: "learned",
    link: "?vary=matrices&learned=rotateTwo&machine=3&pretraining=500&ranked=plusThree&rated=names&way=full",
    number: "machine",
  },
  family: {
    field: "input[name=step]",
    key: "ArrowLeft",
    name: "step",
    link: "?work=loftq&learn=own&r=3&rate=0.05&optimizer=sgd&step=20&ratio=4&repairs=3&seed=5",
  },
  floor: {
    field: "input[name=r]",
    key: "ArrowRight",
    name: "r",
    link: "?r=7&spectrum=step&inputs=uneven&step=50&seed=3",
  },
  scaling: {
    field: "input[name=rate]:checked",
    key: "ArrowRight",
    name: "rate",
    link: "?rule=root&optimizer=sgd&rate=0.1&measure=size&step=20&seed=3",
    number: "seed",
  },
  compose: {
    field: "input[name=shared]",
    key: "ArrowRight",
    name: "shared",
    link: "?way=weighted&weight=0.35&agree=same&shared=6&r=5&stray=0.3&seed=2",
  },
  subspace: {
    field: "input[name=i]",
    key: "ArrowRight",
    name: "i",
    link: "?twins=seeds&place=q1&i=3&j=5&skill=plusThree&draw=2&trained=50",
  },
  amplify: {
    field: "input[name=weight]:checked",
    key: "ArrowRight",
    name: "weight",
    link: "?weight=q1&rank=high&bands=outputs&subject=plusThree&begin=3&until=60",
    number: "begin",
  },
  formula: {
    field: "input[name=r]",
    key: "ArrowRight",
    name: "r",
    link: "?which=lora-objective&r=2&alpha=3&step=4&symbol=Phi0&code=peft",
  },
};

/** The sentence of a widget's page before any script runs. */
function builtSentence(name: string): string {
  const html = readFileSync(new URL(`../../../dist/widgets/${name}/index.html`, import.meta.url), "utf8");
  return parseHTML(html).document.querySelector("lora-widget .sentence")!.textContent!;
}

/** What comes half a second after the reader has settled is looked for more often than Playwright would. */
const soon = {intervals: [50]};

for (const name of Object.keys(moves)) {
  const path = `/widgets/${name}/`;
  const move = moves[name]!;

  test.describe(name, () => {
    test("by keys alone: every control is reached, one is changed, the sentence follows, and the page goes on", async ({
      page,
    }) => {
      const {trouble} = listen(page);
      const widget = await awake(page, path);
      await widget.locator(".controls details.more > summary").evaluateAll((all) => {
        for (const one of all) (one as HTMLElement).click();
      });
      const due = await widget
        .locator(".control")
        .evaluateAll((all) =>
          (all as HTMLElement[]).flatMap(({hidden, dataset}) => (hidden ? [] : (dataset.name ?? ""))),
        );
      expect(due.length).toBeGreaterThan(2);
      await page.locator("h1").click();
      const reached = new Set<string>();
      const stops: string[] = [];
      for (let n = 0; n < 60; n++) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
          const element = document.activeElement as HTMLInputElement | null;
          const figure = element?.closest("lora-widget");
          return {name: element?.getAttribute("name") ?? "", inside: !!figure, tool: element?.dataset.do ?? ""};
        });
        if (at.name) reached.add(at.name);
        if (at.tool) stops.push(at.tool);
        if (reached.size && !at.inside) break;
      }
      expect([...reached].sort()).toEqual(due.sort());
      expect(stops).toEqual([...((await widget.locator(".time").count()) ? ["play"] : []), "reset"]);
      expect(await page.evaluate(() => !document.activeElement?.closest("lora-widget"))).toBe(true);

      const before = {...(await shown(widget)), state: await stateOf(widget)};
      await page.locator(move.field).focus();
      await page.keyboard.press(move.key);
      // What runs in a worker answers a moment later.
      await expect(widget.locator(".sentence")).not.toHaveText(before.sentence!);
      const after = {...(await shown(widget)), state: await stateOf(widget)};
      expect(after.state[move.name]).not.toBe(before.state[move.name]);
      expect(after.sentence).not.toBe(before.sentence);
      expect(after.picture).not.toBe(before.picture);
      expect(trouble).toEqual([]);
    });

    test("the toolbar is one stop; arrows, Home and End move inside it and it remembers", async ({page}) => {
      const widget = await answering(page, path);
      const at = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.do);
      await widget.locator("[data-do=reset]").focus();
      for (const [key, tool] of [
        ["ArrowRight", "link"],
        ["End", "csv"],
        ["ArrowRight", "reset"],
        ["ArrowLeft", "csv"],
        ["Home", "reset"],
        ["ArrowRight", "link"],
      ] as const) {
        await page.keyboard.press(key);
        expect(await at()).toBe(tool);
      }
      await page.keyboard.press("Shift+Tab");
      expect(await page.evaluate(() => document.activeElement?.closest(".tools"))).toBeNull();
      await page.keyboard.press("Tab");
      expect(await at()).toBe("link");
    });

    test("a change reaches sentence, picture, table and address; Reset takes all back", async ({page}) => {
      const widget = await awake(page, path);
      const first = await shown(widget);
      await widget.evaluate(
        (element, link) =>
          ((element as unknown as {state: unknown}).state = Object.fromEntries(new URLSearchParams(link))),
        move.link,
      );
      await expect(widget.locator(".sentence")).not.toHaveText(first.sentence!);
      const second = await shown(widget);
      expect(second.picture).not.toBe(first.picture);
      expect(second.table).not.toBe(first.table);
      await expect.poll(() => new URL(page.url()).search, soon).not.toBe("");
      await widget.locator("[data-do=reset]").click();
      await expect(widget.locator(".sentence")).toHaveText(first.sentence!);
      expect(await shown(widget)).toEqual(first);
      await expect.poll(() => new URL(page.url()).search, soon).toBe("");
    });

    test("a link gives the state it names, and that state gives the link", async ({page}) => {
      const widget = await awake(page, `${path}${move.link}`);
      // Until the link is followed, the sentence is the one the page was built with.
      await expect(widget.locator(".sentence")).not.toHaveText(builtSentence(name));
      const state = await stateOf(widget);
      for (const [key, value] of new URLSearchParams(move.link)) expect(String(state[key]), key).toBe(value);
      const there = await shown(widget);
      await expect(widget.locator(".notice")).toBeHidden();
      await page.locator(move.field).focus();
      await page.keyboard.press(move.key);
      await page.keyboard.press({ArrowUp: "ArrowDown", ArrowRight: "ArrowLeft", ArrowLeft: "ArrowRight"}[move.key]!);
      await page.waitForTimeout(700);
      const again = await awake(page, page.url());
      await expect(again.locator(".sentence")).toHaveText(there.sentence!);
      expect(await shown(again)).toEqual(there);
    });

    test("what a link cannot set is said in words, once, and can be dismissed", async ({page}) => {
      const number = move.number ?? move.name;
      for (const [query, said] of [
        // Names that are no control's are passed over in silence.
        [
          `?zz=1&constructor=2&__proto__=3&${number}=999999`,
          new RegExp(`${number} should be (a (whole )?number from|one of)`),
        ],
        [`?${number}=abc`, /“abc” is not/],
      ] as const) {
        const widget = await answering(page, `${path}${query}`);
        await expect(widget.locator(".notice")).toContainText(said);
        await expect(widget.locator(".notice")).not.toContainText(/zz|constructor|__proto__/);
        await widget.locator(".notice button").click();
        await expect(widget.locator(".notice")).toBeHidden();
      }
    });

    test("without scripts: the sentence, the picture and the table are on the page, and no dead control", async ({
      browser,
    }) => {
      const context = await browser.newContext({javaScriptEnabled: false});
      const page = await context.newPage();
      await page.goto(path);
      await expect(page.locator("lora-widget .sentence")).toHaveText(/\w.*\.$/);
      expect(await page.locator("lora-widget .picture svg").count()).toBeGreaterThan(0);
      expect(await page.locator("lora-widget .data tbody tr").count()).toBeGreaterThan(1);
      await page.locator("lora-widget .data summary").click();
      await expect(page.locator("lora-widget .data table")).toBeVisible();
      for (const dead of [".controls", ".tools"]) await expect(page.locator(`lora-widget ${dead}`)).toBeHidden();
      await context.close();
    });

    test("coming to life makes no node and moves nothing", async ({page}) => {
      await page.addInitScript(() => {
        const seen: string[] = [];
        Object.assign(window, {seen});
        document.addEventListener("DOMContentLoaded", () => {
          const widget = document.querySelector("lora-widget")!;
          Object.assign(window, {first: [...widget.querySelectorAll("*")]});
          new MutationObserver((records) => {
            for (const {addedNodes, removedNodes} of records)
              for (const node of [...addedNodes, ...removedNodes])
                if (node.nodeType === 1) seen.push((node as Element).outerHTML.slice(0, 200));
          }).observe(widget, {childList: true, subtree: true});
        });
      });
      await page.goto(path);
      const widget = page.locator("lora-widget");
      const box = await widget.boundingBox();
      await widget.evaluate((element) => (element as unknown as {ready: Promise<unknown>}).ready.then(() => true));
      const found = await page.evaluate(() => {
        const {seen, first} = window as unknown as {seen: string[]; first: Element[]};
        const now = [...document.querySelector("lora-widget")!.querySelectorAll("*")];
        return {seen, same: now.length === first.length && now.every((node, i) => node === first[i])};
      });
      expect(found).toEqual({seen: [], same: true});
      expect(await widget.boundingBox()).toEqual(box);
    });

    test("the live region speaks once, after the reader has settled", async ({page}) => {
      const heard = () => page.evaluate(() => (window as unknown as {heard: string[]}).heard);
      // A busy machine may take longer from one key to the next than a reader who has settled: then once more.
      await expect(async () => {
        const widget = await awake(page, path);
        const spoken = widget.locator(".spoken");
        await expect(spoken).toHaveText("");
        await spoken.evaluate((element) => {
          const heard: string[] = [];
          Object.assign(window, {heard});
          new MutationObserver(() => heard.push(element.textContent ?? "")).observe(element, {
            childList: true,
            characterData: true,
            subtree: true,
          });
        });
        await page.locator(move.field).focus();
        for (let n = 0; n < 4; n++) await page.keyboard.press(move.key);
        expect(await heard()).toEqual([]);
        await expect.poll(heard, soon).toHaveLength(1);
        await page.waitForTimeout(700);
        expect(await heard()).toEqual([expect.stringContaining((await widget.locator(".sentence").textContent())!)]);
      }).toPass();
    });

    test("at 320 px: nothing is cut, no text is under 12 px, nothing to press is under 24 px", async ({page}) => {
      await page.setViewportSize({width: 320, height: 800});
      const widget = await awake(page, path);
      await widget.locator("details").evaluateAll((all) => {
        for (const one of all) one.setAttribute("open", "");
      });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      const found = await widget.evaluate((element) => {
        const visible = (node: Element) =>
          (node as HTMLElement).checkVisibility() && node.getBoundingClientRect().width > 1;
        const small = [...element.querySelectorAll("*")].flatMap((node) => {
          const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent?.trim());
          if (!own || !visible(node) || node.localName === "title" || node.closest(".spoken")) return [];
          const svg = node.closest("svg");
          const scale = svg && node !== svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
          const size = Number.parseFloat(getComputedStyle(node).fontSize) * scale;
          return size < 11.99 ? [`${node.localName}.${node.getAttribute("class")} ${size.toFixed(1)} px`] : [];
        });
        const tight = [...element.querySelectorAll("button, input:not([type=hidden]), summary, textarea, a")].flatMap(
          (node) => {
            if (!(node as HTMLElement).checkVisibility()) return [];
            const {width, height} = (
              node.matches("[type=radio]") ? node.closest("label")! : node
            ).getBoundingClientRect();
            return Math.min(width, height) < 24
              ? [`${node.localName} ${node.getAttribute("name") ?? node.textContent} ${width} × ${height}`]
              : [];
          },
        );
        return {small, tight};
      });
      expect(found).toEqual({small: [], tight: []});
    });

    test("in forced colors the picture is there", async ({page}) => {
      await page.emulateMedia({forcedColors: "active"});
      const widget = await answering(page, path);
      const pixels = await sharp(await widget.locator(".picture").screenshot())
        .ensureAlpha()
        .raw()
        .toBuffer();
      const colors = new Set(Array.from({length: pixels.length / 4}, (_, n) => pixels.readUInt32LE(4 * n)));
      expect(colors.size).toBeGreaterThan(20);
    });
  });
}

test("every widget with a page is tested here", () => {
  const pages = readdirSync(new URL("../../../dist/widgets", import.meta.url), {withFileTypes: true});
  const names = pages.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  expect(names.sort()).toEqual(Object.keys(moves).sort());
});

test("a page's policy lets WebAssembly compile, on the page and in a worker of its own", async ({page}) => {
  const {trouble} = listen(page);
  await awake(page, "/widgets/rank/");
  const compiled = await page.evaluate(async () => {
    const bytes = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
    const here = new WebAssembly.Module(bytes) instanceof WebAssembly.Module;
    const code = `postMessage(new WebAssembly.Module(Uint8Array.of(${bytes.join()})) instanceof WebAssembly.Module)`;
    const worker = new Worker(URL.createObjectURL(new Blob([code], {type: "text/javascript"})));
    const there = await new Promise((resolve, reject) => {
      worker.onmessage = ({data}) => resolve(data);
      worker.onerror = ({message}) => reject(new Error(message));
    });
    return {here, there};
  });
  expect(compiled).toEqual({here: true, there: true});
  expect(trouble).toEqual([]);
});

/** The slider of each widget that has one in sight. */
for (const [name, field] of [
  ["rank", "input[name=r]"],
  ["product", "input[name=row]"],
  ["init", "input[name=step]"],
  ["merge", "input[name=swaps]"],
  ["predict", "input[name=count]"],
  ["forward", "input[name=steps]"],
] as const) {
  test(`${name}: a slider dragged by the pointer moves sentence, picture and table`, async ({page}) => {
    const widget = await awake(page, `/widgets/${name}/`);
    const before = await shown(widget);
    const track = page.locator(field);
    await track.scrollIntoViewIfNeeded();
    const box = (await track.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.2, box.y + box.height / 2);
    await page.mouse.down();
    const seen = new Set<string>();
    for (let n = 2; n <= 8; n++) {
      await page.mouse.move(box.x + (box.width * n) / 10, box.y + box.height / 2);
      seen.add((await widget.locator(".sentence").textContent())!);
    }
    await page.mouse.up();
    expect(seen.size).toBeGreaterThanOrEqual(4);
    const after = await shown(widget);
    for (const part of ["sentence", "picture", "table"] as const)
      if (name === "rank" || part !== "table") expect(after[part], part).not.toBe(before[part]);
  });
}

test("the first result is computed in one task and drawn in another, so that the page can answer between them", async ({
  page,
}) => {
  // A square root tells of the decomposition, an attribute set in the picture of its drawing.
  await page.addInitScript(() => {
    const tasks = [{roots: 0, drawn: 0}];
    const {sqrt} = Math;
    const {setAttribute} = Element.prototype;
    const wait = window.setTimeout;
    const later = (run: () => void, ...rest: unknown[]) =>
      wait(
        (...given: []) => {
          tasks.push({roots: 0, drawn: 0});
          run(...given);
        },
        ...(rest as [number]),
      );
    Math.sqrt = (x) => {
      tasks.at(-1)!.roots++;
      return sqrt(x);
    };
    Element.prototype.setAttribute = function (name, value) {
      if (this.closest(".picture")) tasks.at(-1)!.drawn++;
      setAttribute.call(this, name, value);
    };
    Object.assign(window, {tasks, setTimeout: later});
  });
  await awake(page, "/widgets/rank/");
  const tasks = await page.evaluate(() => (window as unknown as {tasks: {roots: number; drawn: number}[]}).tasks);
  const [computing, drawing] = [tasks.filter(({roots}) => roots > 1000), tasks.filter(({drawn}) => drawn > 50)];
  expect(computing, JSON.stringify(tasks)).toHaveLength(1);
  expect(drawing, JSON.stringify(tasks)).toHaveLength(1);
  expect(drawing[0]).not.toBe(computing[0]);
});

test("the knob in a chart is dragged like a slider", async ({page}) => {
  for (const [name, moved] of [
    ["rank", "r"],
    ["savings", "r"],
    ["init", "step"],
  ] as const) {
    const widget = await awake(page, `/widgets/${name}/`);
    const before = await stateOf(widget);
    const field = widget.locator(".handle .field");
    await field.scrollIntoViewIfNeeded();
    const box = (await field.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, {steps: 4});
    await page.keyboard.press("Escape");
    expect((await stateOf(widget))[moved], "given up").toBe(before[moved]);
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2);
    await page.mouse.up();
    expect((await stateOf(widget))[moved]).toBe(before[moved]);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2, {steps: 4});
    await page.mouse.up();
    expect((await stateOf(widget))[moved]).toBeGreaterThan(Number(before[moved]));
  }
});

test.describe("rank, the reader's own matrix", () => {
  const painted = (cells: unknown) => String(cells).length;

  test("is drawn by mouse, by keys and by touch", async ({browser}) => {
    const context = await browser.newContext({hasTouch: true});
    const page = await context.newPage();
    const widget = await awake(page, "/widgets/rank/?source=own");
    await expect(widget.locator(".sentence")).toContainText("The grid is empty");
    const pad = widget.locator(".pad");
    await pad.scrollIntoViewIfNeeded();
    const box = (await pad.boundingBox())!;
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 120, box.y + 100, {steps: 8});
    await page.mouse.up();
    const byMouse = await stateOf(widget);
    expect(painted(byMouse.cells)).toBeGreaterThan(100);
    await expect(widget.locator(".sentence")).toContainText("yours");

    await pad.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await expect(pad).toBeFocused();
    await page.keyboard.press("Space");
    const byKeys = await stateOf(widget);
    expect(byKeys.cells).not.toBe(byMouse.cells);
    await expect(pad).toHaveAttribute("aria-label", /row \d+, column \d+/);

    await page.touchscreen.tap(box.x + 150, box.y + 20);
    expect((await stateOf(widget)).cells).not.toBe(byKeys.cells);
    await context.close();
  });

  test("is pasted: good numbers are taken, bad ones are refused in words and change nothing", async ({page}) => {
    const widget = await awake(page, "/widgets/rank/");
    await widget.locator(".paste summary").click();
    const area = widget.locator(".paste textarea");
    await area.fill("1 2 3\n2 4 6\n0 1 1");
    await widget.locator(".paste .use").click();
    expect(await stateOf(widget)).toMatchObject({source: "own", cells: "1,2,3;2,4,6;0,1,1", r: 3});
    await expect(widget.locator(".sentence")).toContainText("3 × 3");
    const before = await shown(widget);
    await area.fill("1 2 3\n4 5");
    await widget.locator(".paste .use").click();
    await expect(widget.locator(".notice")).toContainText(
      "Row 2 has 2 numbers, row 1 has 3; every row needs the same count.",
    );
    expect(await shown(widget)).toEqual(before);
  });

  test("pasted and rounded for the link, it says so and is in the address all the same", async ({page}) => {
    const widget = await awake(page, "/widgets/rank/");
    await widget.locator(".paste summary").click();
    const rows = Array.from({length: 48}, (_, i) =>
      Array.from({length: 48}, (_, j) => ((i * 37 + j * 11) % 101) / 7).join(" "),
    );
    await widget.locator(".paste textarea").fill(rows.join("\n"));
    await widget.locator(".paste .use").click();
    await expect(widget.locator(".notice")).toContainText("one part in 127");
    await expect.poll(() => new URL(page.url()).searchParams.get("cells") ?? "").toMatch(/^8\.48x48\./);
  });
});

test.describe("product", () => {
  test("pointing at an entry traces it: row of B, column of A, the terms and their sum", async ({page}) => {
    const widget = await awake(page, "/widgets/product/");
    const block = widget.locator(".BA .cells").first();
    await block.scrollIntoViewIfNeeded();
    const box = (await block.boundingBox())!;
    await page.mouse.move(box.x + (box.width * 6.5) / 8, box.y + (box.height * 4.5) / 6);
    expect(await stateOf(widget)).toMatchObject({row: 5, column: 7});
    await expect(widget.locator(".tracing .formula")).toContainText("[5,7]");
    await expect(widget.locator(".sentence")).toContainText("entry [5,7]");
    expect(await widget.locator(".product .trace .outline").count()).toBe(3);
  });

  test("a factor typed into the sum changes everything that follows from it, and keeps the cursor", async ({page}) => {
    const widget = await awake(page, "/widgets/product/");
    const before = await shown(widget);
    const field = widget.locator(".tracing input").first();
    await field.fill("-2.5");
    await expect(field).toBeFocused();
    await expect(field).toHaveValue("-2.5");
    const after = await shown(widget);
    for (const part of ["sentence", "picture", "table"] as const) expect(after[part], part).not.toBe(before[part]);
    await expect.poll(() => new URL(page.url()).searchParams.get("b")).toContain("-2.5");
    const there = await shown(await awake(page, page.url()));
    expect(there.sentence).toBe(after.sentence);
    expect(there.table).toBe(after.table);
  });
});

test.describe("merge", () => {
  test("pointing at an entry of any of the three matrices traces it; the knob makes swaps", async ({page}) => {
    const widget = await awake(page, "/widgets/merge/");
    for (const [name, row, column] of [
      ["base", 2, 9],
      ["update", 7, 4],
      ["sum", 12, 1],
    ] as const) {
      const block = widget.locator(`.${name} .cells`);
      await block.scrollIntoViewIfNeeded();
      const box = (await block.boundingBox())!;
      await page.mouse.move(box.x + (box.width * (column - 0.5)) / 12, box.y + (box.height * (row - 0.5)) / 12);
      expect(await stateOf(widget)).toMatchObject({row, column});
      await expect(widget.locator(".entry")).toContainText(`W[${row},${column}] = W₀[${row},${column}]`);
    }
    const field = widget.locator(".handle .field");
    await field.scrollIntoViewIfNeeded();
    const box = (await field.boundingBox())!;
    await page.mouse.click(box.x + box.width - 14, box.y + box.height / 2);
    expect((await stateOf(widget)).swaps).toBe(60);
    await expect(widget.locator(".sentence")).toContainText("after 60 swaps");
  });

  test("the challenge is recognized when it is met", async ({page}) => {
    const widget = await awake(page, "/widgets/merge/?precision=int8&swaps=0");
    await expect(widget.locator(".verdict")).toHaveText("");
    await page.locator("input[name=swaps]").focus();
    await page.keyboard.press("ArrowRight");
    await expect(widget.locator(".verdict")).toContainText("You have met it.");
  });
});

test.describe("latency", () => {
  const play = (widget: Locator) => widget.locator(".time [data-do=play]");
  const sentence = (widget: Locator) => widget.locator("figure > .sentence");

  test("Play times three ways of one layer; no link holds it, and Restart takes it away", async ({page}) => {
    const {trouble} = listen(page);
    const widget = await awake(page, "/widgets/latency/?tokens=16&width=64");
    await expect(sentence(widget)).toContainText("at width 64");
    const first = await shown(widget);
    await play(widget).click();
    await expect(sentence(widget)).toContainText(/takes [\d.]+\u2009(µs|ms) merged.* \(median of \d+(?! so far)[;)]/, {
      timeout: 30_000,
    });
    await expect(widget.locator(".times .timed:not(.empty)")).toHaveCount(3);
    await expect(widget.locator(".device-side .reason")).toContainText("float32 SIMD kernels");
    await expect(widget.locator(".spoken")).toContainText("median of");
    expect(new URL(page.url()).search).toBe("?tokens=16&width=64");
    await widget.locator(".time [data-do=restart]").click();
    await expect(sentence(widget)).toHaveText(first.sentence!);
    expect(await shown(widget)).toEqual(first);
    expect(trouble).toEqual([]);
  });

  test("a control that moves ends the timing, and nothing of it is drawn late", async ({page}) => {
    const widget = await awake(page, "/widgets/latency/");
    await play(widget).click();
    await expect(sentence(widget)).toContainText("so far", {timeout: 30_000});
    await page.locator("input[name=width][value='512']").check({force: true});
    await expect(sentence(widget)).toContainText("nothing is timed yet; at width 512");
    await page.waitForTimeout(1000);
    await expect(sentence(widget)).toContainText("nothing is timed yet; at width 512");
  });

  test("a clock too coarse to time with is said in words", async ({page}) => {
    // Without a worker the page itself times, by the clock of this test.
    await noWorker(page);
    await page.addInitScript(() => {
      const real = performance.now.bind(performance);
      performance.now = () => Math.floor(real() / 100) * 100;
    });
    const widget = await awake(page, "/widgets/latency/");
    await play(widget).click();
    await expect(widget.locator(".notice")).toContainText(
      /clock of this browser (stood still|moves in steps of 100 ms)/,
      {
        timeout: 30_000,
      },
    );
    await expect(sentence(widget)).toContainText("nothing is timed yet");
  });

  test("a guess from outside is drawn; one that is no percent is refused in words", async ({page}) => {
    const widget = await awake(page, "/widgets/latency/?guess=25");
    await expect(widget.locator(".guessed")).toHaveText("your guess 25%");
    const other = await awake(page, "/widgets/latency/?guess=lots");
    await expect(other.locator(".notice")).toContainText("A guess of added time is a percent from 0 to 300");
    await expect(other.locator(".guessed")).toHaveText("");
  });
});

test.describe("results", () => {
  test("a pressed line is the one the others are held against, and the band and the counts follow", async ({page}) => {
    const widget = await awake(page, "/widgets/results/");
    await widget.locator(".ranking .field").nth(5).click();
    expect(await stateOf(widget)).toMatchObject({against: 6});
    await expect(widget.locator(".ranked.held .name")).toHaveText("AdapterH 40.1\u2009M");
    await expect(widget.locator("figure > .sentence")).toContainText("AdapterH 40.1\u2009M has 73.2 ± 0.5");
    await expect(widget.locator(".ranking .result.itself")).toHaveCount(1);
  });

  test("a guess is a line over WikiSQL and over nothing else; one that is none is refused in words", async ({page}) => {
    const widget = await awake(page, "/widgets/results/?guess=7.3");
    await expect(widget.locator(".guessing .guessed")).toHaveText("your guess 20\u2009M");
    await page.locator("input[name=gpt3][value=mnliM]").check({force: true});
    await expect(widget.locator(".guessing .guessed")).toHaveText("");
    const other = await awake(page, "/widgets/results/?guess=lots");
    await expect(other.locator(".notice")).toContainText("a power of ten from 3 to 11.2");
  });
});

test.describe("intrinsic", () => {
  test("the knob in its chart is dragged to more directions", async ({page}) => {
    const widget = await awake(page, "/widgets/intrinsic/?d=1");
    const field = widget.locator(".handle .field");
    // The run that the link asks for may still move the chart between the look at it and the press.
    await expect(async () => {
      await field.scrollIntoViewIfNeeded();
      const box = (await field.boundingBox())!;
      await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width - 14, box.y + box.height / 2, {steps: 4});
      await page.mouse.up();
      expect((await stateOf(widget)).d).toBe("all");
    }).toPass({timeout: 20_000});
    await expect(widget.locator(".sentence")).toContainText("as many as weights");
  });

  test("a run in the browser ends where the stored one does", async ({page}) => {
    const {trouble} = listen(page);
    const widget = await awake(page, "/widgets/intrinsic/?d=32&seed=4");
    await widget.locator("[data-do=play]").click();
    await expect(widget.locator(".sentence")).toContainText("At step 200 of 200", {timeout: 60_000});
    const [now, end] = await widget.locator(".readouts .number").allTextContents();
    expect(now).toBe(end);
    await expect(widget.locator("[data-do=play]")).toHaveText("Play");
    expect(trouble).toEqual([]);
  });

  test("the challenge is recognized when it is met", async ({page}) => {
    const widget = await awake(page, "/widgets/intrinsic/?task=circle&d=8");
    await expect(widget.locator(".verdict")).toHaveText("");
    await page.locator("input[name=d]:checked").focus();
    await page.keyboard.press("ArrowRight");
  });
});

test.describe("forward", () => {
  test("pointing at a number traces it; a name in the formula or the code lights its block, and the reverse", async ({
    page,
  }) => {
    const widget = await awake(page, "/widgets/forward/");
    const block = widget.locator('.block[data-part="A"]');
    await block.locator(".cells").hover({position: {x: 60, y: 30}});
    expect(await stateOf(widget)).toMatchObject({trace: "down", row: 2});
    await expect(widget.locator(".entryline .formula")).toContainText("(Ax)[2]");
    await expect(widget.locator('.entryline [data-part="A"][data-on]')).toHaveCount(2);
    await page.mouse.move(0, 0);
    await expect(widget.locator("[data-on]")).toHaveCount(0);
    await widget.locator('.entryline .code [data-part="x"]').focus();
    await expect(widget.locator('.block[data-part="x"][data-on]')).toHaveCount(1);
  });

  test("by keys: the next stage and a step of SGD meet the challenge", async ({page}) => {
    const widget = await awake(page, "/widgets/forward/");
    await widget.locator("input[name=stage]:checked").focus();
    await page.keyboard.press("ArrowRight");
    await expect(widget.locator(".sentence")).toContainText("exactly 0");
    await expect(widget.locator(".verdict")).toHaveText("");
    await widget.locator("input[name=steps]").focus();
    await page.keyboard.press("ArrowRight");
    expect(await stateOf(widget)).toMatchObject({stage: "backward", steps: 1});
    await expect(widget.locator(".verdict")).toContainText("You have met it.");
  });
});

test.describe("formula", () => {
  const lit = (widget: Locator, part: string) =>
    widget.locator(`${part} [data-on]`).evaluateAll((all) => [...new Set(all.map(({textContent}) => textContent))]);

  test("pointing at a symbol says what it is and lights its names in the code; pointing at the code, the reverse", async ({
    page,
  }) => {
    const widget = await awake(page, "/widgets/formula/");
    await widget.locator('.printed-formula [data-symbol="W0"]').first().hover();
    await expect(widget.locator(".meaning .term")).toHaveText("W0 frozen weights");
    expect(await lit(widget, ".listings")).toEqual(["W0", "base_layer"]);
    await widget.locator('.listing [data-symbol="A"]').first().hover();
    await expect(widget.locator(".meaning .term")).toHaveText("A down-projection");
    expect(await lit(widget, ".printed-formula")).toEqual(["A"]);
    expect(await stateOf(widget)).toMatchObject({symbol: "A"});
  });

  test("by keys: one stop, arrows from symbol to symbol, Home and End", async ({page}) => {
    const widget = await awake(page, "/widgets/formula/?which=similarity");
    const at = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    await widget.locator(".printed-formula [tabindex='0']").focus();
    for (const [key, name] of [
      ["Home", "φ, subspace similarity"],
      ["ArrowRight", "A r=8, A of the lower rank"],
      ["ArrowLeft", "φ, subspace similarity"],
      ["ArrowLeft", "j, directions of the second"],
    ] as const) {
      await page.keyboard.press(key);
      expect(await at()).toBe(name);
    }
    await expect(widget.locator(".meaning .term")).toHaveText("j directions of the second");
    expect(await widget.locator(".printed-formula [tabindex='0']").count()).toBe(1);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => !document.activeElement?.closest(".printed-formula"))).toBe(true);
  });

  test("each formula brings its own controls, at most four; on a phone one language of code is in sight", async ({
    page,
  }) => {
    await page.setViewportSize({width: 375, height: 800});
    const widget = await awake(page, "/widgets/formula/");
    for (const [which, due] of Object.entries({
      objective: "which step",
      "lora-objective": "which r alpha step",
      forward: "which r alpha",
      count: "which model matrices r",
      similarity: "which i j",
    })) {
      await widget.locator(`input[name=which][value=${which}]`).check({force: true});
      const seen = await widget
        .locator(".control")
        .evaluateAll((all) =>
          (all as HTMLElement[]).filter((one) => one.checkVisibility()).map(({dataset}) => dataset.name),
        );
      expect(seen.join(" ")).toBe(due);
      for (const n of [1, 2, 0]) {
        await widget.locator(".tabs button").nth(n).click();
        await expect(widget.locator(".listing").nth(n)).toBeVisible();
        expect(await widget.locator(".listing:visible").count()).toBe(1);
      }
    }
  });
});
