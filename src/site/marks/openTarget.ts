/** Opens the `<details>` around the element that the address names, now and whenever the hash changes. Some browsers do not do so themselves. */
export function openTarget(root: Document): void {
  const open = () => {
    const target = root.getElementById(decodeURIComponent(root.location.hash.slice(1)));
    const details = target?.closest<HTMLDetailsElement>("details:not([open])");
    if (!details) return;
    details.open = true;
    target!.scrollIntoView();
  };
  root.defaultView!.addEventListener("hashchange", open);
  open();
}
