import { describe, expect, it } from "vitest";
import { appendLines, emptyLog, type LogLine } from "@/modules/logBuffer";
import { formatRelative, formatSpan, parseTime } from "@/modules/time";
import { isUuid, randomUuid } from "@/modules/uuid";
import { chunks } from "@/pages/terminal/chunks";

const line = (id: number, text = "x"): LogLine => ({ id, time: "", level: "info", group: "", text });

describe("a followed log", () => {
  it("does not repeat lines after a reconnection", () => {
    const first = appendLines(emptyLog, [line(1), line(2)]);
    const again = appendLines(first, [line(1), line(2), line(3)]);
    expect(again.lines.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(appendLines(again, [line(2)])).toBe(again);
  });

  it("is bounded in lines and in the length of each", () => {
    const many = Array.from({ length: 5000 }, (_, index) => line(index + 1));
    const content = appendLines(emptyLog, many);
    expect(content.lines).toHaveLength(4000);
    expect(content.dropped).toBe(1000);
    expect(content.lines.at(-1)?.id).toBe(5000);
    expect(appendLines(emptyLog, [line(1, "y".repeat(9000))]).lines[0]?.text).toHaveLength(4000);
  });
});

describe("input to a terminal", () => {
  it("is cut into bounded messages that make the whole", () => {
    const text = "a".repeat(10_000);
    const parts = [...chunks(text)];
    expect(parts.every((part) => part.length <= 4096)).toBe(true);
    expect(parts.join("")).toBe(text);
    expect([...chunks("")]).toEqual([]);
  });

  it("is never cut within a character", () => {
    expect([...chunks("a😀b😀", 2)]).toEqual(["a", "😀", "b", "😀"]);
    expect([...chunks("😀", 1)].join("")).toBe("😀");
  });

  it("belongs to a session with a random id", () => {
    const id = randomUuid();
    expect(isUuid(id)).toBe(true);
    expect(id.charAt(14)).toBe("4");
    expect(randomUuid()).not.toBe(id);
    expect(isUuid("../../x")).toBe(false);
  });
});

describe("times", () => {
  const now = new Date("2026-05-01T12:00:00Z");
  const relative = (text: string) => formatRelative(new Date(text), now);

  it("are relative in the largest fitting unit", () => {
    expect(relative("2026-05-01T11:59:40Z")).toBe("just now");
    expect(relative("2026-05-01T11:55:00Z")).toBe("5 minutes ago");
    expect(relative("2026-05-01T15:00:00Z")).toBe("in 3 hours");
    expect(relative("2024-05-01T12:00:00Z")).toBe("2 years ago");
  });

  it("are absent where the API says never", () => {
    expect(parseTime("0001-01-01T00:00:00Z")).toBeUndefined();
    expect(parseTime(undefined)).toBeUndefined();
    expect(parseTime("nonsense")).toBeUndefined();
    expect(parseTime("2026-05-01T12:00:00Z")).toEqual(now);
  });

  it("have spans", () => {
    expect(formatSpan(now, new Date("2026-05-01T12:00:42Z"))).toBe("42 s");
    expect(formatSpan(now, new Date("2026-05-01T13:05:00Z"))).toBe("1 h 5 m");
  });
});
