/** Where heading and figure may stand on a card, in its pixels. */
export interface Layout {
  heading: {left: number; top: number; width: number; bottom: number};
  /** `top` is the heading's end where there is none. */
  figure: {left: number; top?: number; right: number; bottom: number};
}

export interface Words {
  kicker: string;
  heading: string;
  /** The card's own style sheet. */
  sheet: string;
  layouts: readonly Layout[];
  /** Sizes of the heading in pixels, the largest that fits is taken. */
  sizes: readonly number[];
  /** The figure's picture, where the card has one. */
  selector?: string;
}

/**
 * Turns the page it runs in into a card: the site's mark, the words, and the picture that stands on the page, in the
 * layout and at the width at which it is drawn largest. Runs in the browser, so it may name nothing from outside.
 */
export function compose({kicker, heading, sheet, layouts, sizes, selector}: Words): void {
  const logo = document.querySelector("header.site .logo")!;
  const island = selector === undefined ? undefined : document.querySelector(selector)!.parentElement!;
  const frame = island?.closest("lora-widget") ?? island;

  const make = (parent: Element, tag: string, name: string, text = "") => {
    const element = parent.appendChild(document.createElement(tag));
    element.className = name;
    element.textContent = text;
    return element;
  };
  const top = document.createElement("div");
  top.className = "top";
  top.append(logo, "LoRA, live");
  make(top, "p", "kicker", kicker);
  document.body.className = "card";
  // The sheets of the page's figures stay where they are: moved, they would be loaded again.
  for (const child of [...document.body.children]) if (child.localName !== "link") child.remove();
  document.body.append(top);
  // Behind those sheets, so that it overrules them.
  document.body.append(Object.assign(document.createElement("style"), {textContent: sheet}));
  const title = make(document.body, "h1", "heading", heading);

  /** Sets the heading as large as it fits. Returns where it ends. */
  const say = ({left, top, width, bottom}: Layout["heading"]): number => {
    const style = {position: "absolute", left: `${left}px`, top: `${top}px`, width: `${width}px`};
    Object.assign(title.style, style);
    for (const size of sizes) {
      title.style.fontSize = `${size}px`;
      if (top + title.offsetHeight <= bottom && title.scrollWidth <= width) break;
    }
    return top + title.offsetHeight;
  };
  if (!frame) {
    say(layouts[0]!.heading);
    return;
  }

  const box = make(document.body, "div", "box");
  const scaled = make(box, "div", "scaled");
  scaled.append(frame);
  const picture = scaled.querySelector<HTMLElement>(".picture")!;
  const tries = layouts.flatMap((layout) => {
    const {left, right, bottom, top = say(layout.heading) + 24} = layout.figure;
    return Array.from({length: 40}, (_, i) => 320 + 20 * i).map((width) => {
      scaled.style.width = `${width}px`;
      const wide = Math.max(width, picture.scrollWidth);
      const deep = picture.offsetHeight;
      const zoom = Math.min((right - left) / wide, (bottom - top) / deep);
      return {layout, width, wide, deep, zoom, left, right, top, bottom};
    });
  });
  const best = tries.reduce((a, b) => (b.zoom > a.zoom ? b : a));
  const {layout, width, wide, deep, zoom, left, right, top: start, bottom} = best;
  say(layout.heading);
  scaled.style.width = `${width}px`;
  scaled.style.transform = `scale(${zoom})`;
  box.style.left = `${left + (right - left - wide * zoom) / 2}px`;
  box.style.top = `${start + (bottom - start - deep * zoom) / 2}px`;
}
