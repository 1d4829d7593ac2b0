// Serves dist/ for the browser tests: node tests/browser/host.ts PORT
import {serve} from "./serve.ts";

await serve({root: "dist", base: process.env.BASE ?? "/", port: Number(process.argv[2])});
