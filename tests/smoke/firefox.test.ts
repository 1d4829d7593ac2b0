import {findFirefox} from "./find.ts";
import {startFirefox} from "./firefox.ts";
import {smoke} from "./smoke.ts";

smoke("Firefox", findFirefox(), startFirefox);
