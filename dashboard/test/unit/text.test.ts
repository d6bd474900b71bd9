import { describe, expect, it } from "vitest";
import { pasteText, plainLine, plainTitle } from "@/modules/text";

describe("text from a workspace", () => {
  it("loses its colours and cursor movements in a log", () => {
    expect(plainLine("\u001b[1;32mdone\u001b[0m in 3\u001b[K s")).toBe("done in 3 s");
    expect(plainLine("\u001b]0;title\u0007text")).toBe("text");
    expect(plainLine("\u001b]8;;https://example.com\u001b\\link\u001b]8;;\u001b\\")).toBe("link");
    expect(plainLine("\u001b(Bplain\u0007")).toBe("plain");
  });

  it("shows the last state of a line that was overwritten", () => {
    expect(plainLine("10 %\r50 %\r100 %\r")).toBe("100 %");
  });

  it("cannot deceive by a title", () => {
    expect(plainTitle("  vim\u0007 \u001b[31mfile\n\n ")).toBe("vim file");
    expect(plainTitle("bank\u202emoc.elpmaxe")).toBe("bankmoc.elpmaxe");
    expect(plainTitle("x".repeat(500))).toHaveLength(80);
  });
});

describe("text to paste", () => {
  it("cannot end the bracketed paste", () => {
    expect(pasteText("echo a\u001b[201~\nrm -rf ~\n")).toBe("echo a[201~\nrm -rf ~\n");
    expect(pasteText("a\u009b201~b\u0003\u0000")).toBe("a201~b");
  });

  it("keeps tabs and lines", () => {
    expect(pasteText("a\tb\r\nc\rd")).toBe("a\tb\nc\nd");
  });
});
