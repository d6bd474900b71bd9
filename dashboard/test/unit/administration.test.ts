import { describe, expect, it } from "vitest";
import { ApiError, describeError, isNotOffered } from "@/api/errors";
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
