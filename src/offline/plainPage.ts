const words = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Not shown · LoRA, live</title>`;

const style =
  ":root{color-scheme:light dark}body{max-width:36rem;margin:3rem auto;padding:0 1rem;font:1.05rem/1.6 system-ui,sans-serif}button{font:inherit;padding:.4rem .8rem}";

const text = `<h1>This page cannot be shown</h1><p>Your device has a copy of this site, but in the copy this page, or a file that it needs, is missing or was changed. The host does not answer at the moment, so there is nothing to replace it with.</p><p>When you have a network, <a href="">load this page again</a>: it will come from the host, and the copy will be repaired. Or remove the copy; your answers and your progress are stored separately and will stay.</p><p><button type="button">Remove the copy</button></p><p role="status"></p>`;

/** Deletes the copy. Takes the site's root, and is written into the page. */
async function remove(home: string) {
  await (await navigator.serviceWorker.getRegistration(home))?.unregister();
  for (const name of await caches.keys()) if (name.endsWith(`-${home}`)) await caches.delete(name);
  document.querySelector("button")!.hidden = true;
  document.querySelector("[role=status]")!.textContent =
    "The copy has been removed. From now on the site needs a network again.";
}

/**
 * The page that the service worker shows when it has no sound copy of a page and the host does not answer. It needs no file: it
 * comes from the worker's own script, which browsers store apart from what pages can write to.
 */
export function plainPage(home: string): Response {
  const nonce = crypto.randomUUID();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
  const script = `document.querySelector("button").onclick=()=>(${remove})(${JSON.stringify(home).replaceAll("<", "\\u003c")})`;
  return new Response(
    `${words}<style nonce="${nonce}">${style}</style>${text}<script nonce="${nonce}">${script}</script>`,
    {
      status: 503,
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
      },
    },
  );
}
