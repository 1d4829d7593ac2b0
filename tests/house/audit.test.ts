import {expect, test} from "vitest";
import {readAudit} from "../audit.ts";
import {everythingFor} from "../parts.ts";

const audit = (severity: string) =>
  JSON.stringify({
    vulnerabilities: {
      bad: {name: "bad", severity, via: [{title: "reads any file"}]},
      user: {name: "user", severity, via: ["bad"]},
    },
  });

test("a known fault of a package is named once, and a grave one stops a release", () => {
  expect(readAudit(audit("high"))).toEqual({lines: ["high: bad: reads any file"], isWell: false});
  expect(readAudit(audit("moderate"))).toEqual({lines: ["moderate: bad: reads any file"], isWell: true});
  expect(readAudit('{"vulnerabilities":{}}')).toEqual({lines: ["No known faults."], isWell: true});
});

test.each(["", "npm error", '{"message":"request failed","error":{}}'])(
  "without a network it says that nothing was checked: %j",
  (printed) => {
    const {lines, isWell} = readAudit(printed);
    expect(lines.join()).toContain("Not checked");
    expect(isWell).toBe(true);
  },
);

test("is part of all checks, and of no run that has to work without a network", () => {
  const names = (isAll: boolean) =>
    everythingFor(isAll)
      .flat(2)
      .map(({name}) => name);
  expect(names(true)).toContain("known faults of packages");
  expect(names(false)).not.toContain("known faults of packages");
});
