import {test} from "vitest";
import {load} from "../../src/widgets/registry.ts";
import {whole} from "../../src/widgets/whole.ts";
import {through, show, emptyRoot} from "./stage.ts";
test("x", async () => {
  const w = await whole(await load("lab"));
  for (const raw of [{}, {on:"qkvo12",r:"2",alpha:4},{task:"reversePlusOne"},{rate:"10"},{rate:"10",on:"qkvo12"},{task:"reversePlusOne",rate:"10"},{task:"plusThree",rate:"10",on:"qkvo12"},{examples:"20"},{on:""},{method:"full",rate:"0.003"},{task:"french",r:"64",alpha:128}]) {
    const p = through(w, raw); const t=performance.now();
    const root=emptyRoot(); const {parts,result} = show(root, w, p);
    console.log(JSON.stringify(raw), (performance.now()-t).toFixed(0)+"ms", w.summary(result,p), "\n", [...parts.picture.querySelectorAll(".morph tr")].map(r=>r.textContent).join("\n "));
    console.log([...root.querySelectorAll("dl div")].map(d=>d.textContent).join(" | "), (result as any).lost);
  }
});
