// npm run build:portable: the site with relative links only, in dist-portable/.
import {build} from "astro";

process.env.PORTABLE = "1";
await build({outDir: "./dist-portable"});
