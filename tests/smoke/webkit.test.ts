import {findWebKit} from "./find.ts";
import {smoke} from "./smoke.ts";
import {startWebKit} from "./webkit.ts";

smoke("WebKit", findWebKit(), startWebKit);
