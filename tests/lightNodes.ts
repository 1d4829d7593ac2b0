/**
 * linkedom makes a Map of listeners for every node it creates, and keeps it in a WeakMap: half of the time of a test that
 * draws. Here a node gets its Map with its first listener.
 */
import {registerHooks} from "node:module";

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith("/linkedom/esm/interface/event-target.js")) return loaded;
    const source = String(loaded.source)
      .replace("wm.set(this, new Map);", "")
      .replaceAll(
        "const map = wm.get(this);",
        "if (!wm.has(this)) wm.set(this, new Map);\n    const map = wm.get(this);",
      );
    return {...loaded, source};
  },
});
