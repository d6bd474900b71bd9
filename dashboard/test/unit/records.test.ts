import { describe, expect, it } from "vitest";
import { auditSentence, diffValue, outcome, statusTitle, witnessSentence } from "@/pages/records/auditText";
import { dayEnd, dayStart, ending, opened, person } from "@/pages/records/connectionText";
import { auditRecord, connectionRecords } from "../server/fixtures";

describe("an audit record", () => {
  it("is a sentence", () => {
    expect(auditSentence(auditRecord(1))).toBe("Updated workspace dev");
    expect(auditSentence(auditRecord(1, { description: "" }))).toBe("Write workspace dev");
  });

  it("takes a target for what it is, not for a pattern", () => {
    expect(auditSentence(auditRecord(1, { resource_target: "$& {user}" }))).toBe(
      "Updated workspace $& {user}",
    );
  });

  it("never shows a secret, even where the server sent one", () => {
    expect(diffValue({ old: "s3cret", new: "s3cret2", secret: true }, "new")).not.toContain("s3cret");
  });

  it("shows other values as they are", () => {
    expect(diffValue({ old: null, new: ["a"], secret: false }, "new")).toBe('["a"]');
    expect(diffValue({ old: null, new: 1, secret: false }, "old")).toBe("–");
    expect(diffValue({ old: false, new: true, secret: false }, "old")).toBe("false");
  });

  it("tells a refusal from a failure", () => {
    expect(outcome(201).tone).toBe("good");
    expect(outcome(403).text).toBe("Refused (403)");
    expect(outcome(409).text).toBe("Rejected (409)");
    expect(outcome(500).tone).toBe("bad");
  });
});

describe("the proof of the log", () => {
  it("is told in plain words", () => {
    const status = { severity: "error" as const, sentence: "", entries: 1, waiting: 2, witnesses: [] };
    expect(statusTitle(status)).toBe("The log needs somebody to look");
    expect(witnessSentence({ name: "w", entries: 0 })).toBe("Has never cosigned");
    expect(witnessSentence({ name: "w", entries: 7, cosigned_at: "2026-03-01T12:00:00Z" })).toContain(
      "7 entries",
    );
  });
});

describe("a connection record", () => {
  const now = new Date();
  const [ssh, terminal, app] = connectionRecords;

  it("says what was opened and how it ended", () => {
    if (!ssh || !terminal || !app) throw new Error("fixtures");
    expect(opened(ssh)).toBe("SSH");
    expect([ssh, terminal, app].map(person)).toEqual(["alice", "–", "bob"]);
    expect(ending(ssh, now).text).toBe("Open for 5 m 0 s");
    expect(ending(terminal, now).text).toBe("Ended after 10 m 0 s, code 130");
    expect(opened(app)).toBe("App web");
    expect(ending(app, now).text).toBe("Refused (404)");
  });

  it("is found by whole days", () => {
    const start = dayStart("2026-03-01");
    const end = dayEnd("2026-03-01");
    expect(Date.parse(end ?? "") - Date.parse(start ?? "")).toBe(86_400_000 - 1);
    expect(dayStart("nonsense")).toBeUndefined();
    expect(dayStart(undefined)).toBeUndefined();
  });
});
