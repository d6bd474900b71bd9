import { describe, expect, it } from "vitest";
import { ApiError, describeError, isNotOffered } from "@/api/errors";
import { readableOn, safeColor } from "@/modules/color";
import { matches, shownValue } from "@/modules/deploymentOptions";
import { fromDays, fromHours, toDays, toHours } from "@/modules/duration";
import { choices, permissionsOf, rulesOf } from "@/modules/permissionTable";
import { checkSchedule, formatSchedule, parseSchedule } from "@/modules/schedule";

describe("the rights of a role", () => {
  const permissions = [
    { resource_type: "workspace", action: "read", negate: false },
    { resource_type: "workspace", action: "ssh", negate: true },
    { resource_type: "workspace", action: "stop", negate: false },
  ];
  it("are lines of what is given and what is taken, and back", () => {
    const rules = rulesOf(permissions);
    expect(rules).toEqual([
      { resource: "workspace", denied: false, actions: ["read", "stop"] },
      { resource: "workspace", denied: true, actions: ["ssh"] },
    ]);
    expect(permissionsOf(rules)).toHaveLength(3);
    expect(rulesOf(permissionsOf(rules))).toEqual(rules);
  });
  it("keep what this dashboard does not know", () => {
    expect(choices({ resource: "future_thing", denied: false, actions: ["fold"] })).toEqual(["fold"]);
    expect(choices({ resource: "*", denied: false, actions: ["*"] })).toEqual(["*"]);
    expect(rulesOf(null)).toEqual([]);
  });
});

describe("a schedule", () => {
  it("is read from the line that the API keeps, and written back", () => {
    const line = "CRON_TZ=Europe/Rome 30 9 * * 1-5";
    const schedule = parseSchedule(line);
    expect(schedule).toEqual({ zone: "Europe/Rome", time: "09:30", days: ["1", "2", "3", "4", "5"] });
    if (schedule) expect(formatSchedule(schedule)).toBe("CRON_TZ=Europe/Rome 30 9 * * 1,2,3,4,5");
    expect(parseSchedule("0 0 * * *")?.days).toHaveLength(7);
    expect(parseSchedule("CRON_TZ=UTC 5 7 * * 7")?.days).toEqual(["0"]);
  });
  it.each(["", "*/5 * * * *", "0 9 1 * *", "0 25 * * *", "0 9 * * 5-1", null])(
    "%j is not one of ours",
    (line) => expect(parseSchedule(line)).toBeUndefined(),
  );
  it("has a time and a day", () => {
    expect(checkSchedule({ zone: "UTC", time: "", days: ["1"] })).not.toBeNull();
    expect(checkSchedule({ zone: "UTC", time: "09:00", days: [] })).not.toBeNull();
    expect(checkSchedule({ zone: "UTC", time: "09:00", days: ["1"] })).toBeNull();
  });
});

describe("a span of time", () => {
  it("is whole milliseconds of hours and days", () => {
    expect(toHours(5_400_000)).toBe(1.5);
    expect(fromHours("1.5")).toBe(5_400_000);
    expect(fromHours("")).toBe(0);
    expect(toDays(172_800_000)).toBe(2);
    expect(fromDays(2)).toBe(172_800_000);
    expect(toHours(null)).toBe(0);
  });
});

describe("an operation that the server lacks", () => {
  it("is told from a thing that is missing", () => {
    expect(isNotOffered(new ApiError(501, { message: "Later." }))).toBe(true);
    expect(isNotOffered(new ApiError(404, { message: "Route not found." }))).toBe(true);
    expect(isNotOffered(new ApiError(404, { message: "Resource not found." }))).toBe(false);
    expect(describeError(new ApiError(404, { message: "Route not found." })).message).toContain("not offer");
  });
});

describe("a setting of the deployment", () => {
  const option = { name: "Access URL", description: "", value: "x", value_source: "env", hidden: false };
  it("is found by what it has, not by what it lacks", () => {
    expect(matches(option, "access")).toBe(true);
    expect(matches(option, "undefined")).toBe(false);
    expect(matches({ ...option, hidden: true }, "access")).toBe(false);
  });
  it("is shown as text, and never where it is a secret", () => {
    expect(shownValue({ ...option, value: ["a", "b"] })).toBe("a, b");
    expect(shownValue({ ...option, value: null })).toBe("–");
    expect(shownValue({ ...option, value: "s3cret", annotations: { secret: "true" } })).toBe("Kept secret");
  });
});

describe("the colour of a banner", () => {
  it("is a colour and nothing else", () => {
    expect(safeColor("#8a5a00")).toBe("#8a5a00");
    expect(safeColor("red; background: url(x)")).toBe("#2b6f67");
    expect(safeColor(undefined)).toBe("#2b6f67");
  });
  it("is written on so that it can be read", () => {
    expect(readableOn("#ffffff")).toBe("#000000");
    expect(readableOn("#1f1e1c")).toBe("#ffffff");
  });
});
