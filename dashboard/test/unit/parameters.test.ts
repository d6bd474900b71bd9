import { describe, expect, it } from "vitest";
import type { TemplateVersionParameter } from "@/api/types";
import { buildParameters, checkParameter, initialValues, toList } from "@/modules/parameters";
import { parameters } from "../server/fixtures";

const named = (name: string): TemplateVersionParameter => {
  const found = parameters.find((each) => each.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

describe("parameters of a template", () => {
  it("begin with their defaults", () => {
    expect(initialValues(parameters)).toMatchObject({
      repository: "",
      memory: "4",
      docker: "false",
      packages: '["git","maven"]',
    });
  });

  it("are refused when required and empty", () => {
    expect(checkParameter(named("repository"), "")).toBe("This is required.");
    expect(checkParameter(named("motd"), "")).toBeNull();
    expect(checkParameter({ ...named("packages"), required: true }, "[]")).toBe("This is required.");
  });

  it("are held to their bounds in the template's words", () => {
    expect(checkParameter(named("memory"), "17")).toBe("Between 1 and 16, not 17.");
    expect(checkParameter(named("memory"), "16")).toBeNull();
    expect(checkParameter(named("memory"), "many")).toBe("Enter a number.");
    expect(checkParameter(named("cpus"), "0")).toBe("At least 1.");
  });

  it("are held to their pattern, and left to the server where the pattern is not JavaScript's", () => {
    expect(checkParameter(named("repository"), "ftp://x")).toBe("Must begin with https:// or git@.");
    expect(checkParameter(named("repository"), "https://x")).toBeNull();
    expect(checkParameter({ ...named("repository"), validation_regex: "(?P<x>a)" }, "b")).toBeNull();
  });

  it("are sent only where they have a value", () => {
    expect(buildParameters({ a: "1", b: "" })).toEqual([{ name: "a", value: "1" }]);
  });

  it("survive a list that is none", () => {
    expect(toList("nonsense")).toEqual([]);
    expect(toList('["a", 1, null, "b"]')).toEqual(["a", "b"]);
    expect(toList('{"a": 1}')).toEqual([]);
  });
});
