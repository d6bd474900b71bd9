import { describe, expect, it } from "vitest";
import { checkEmail, checkName } from "@/modules/names";
import { checkPassword } from "@/modules/passwordRules";
import { pageNumber, searchText, shortText } from "@/modules/search";
import { setupTokenOf } from "@/pages/setup/setupToken";

describe("names", () => {
  it.each(["dev", "Dev-1", "a".repeat(32)])("may be %s", (name) => expect(checkName(name)).toBeNull());
  it.each(["", "-dev", "dev-", "a--b", "a b", "ä", "a/b", "a".repeat(33)])("may not be %j", (name) =>
    expect(checkName(name)).not.toBeNull(),
  );
  it("of accounts come with an e-mail address", () => {
    expect(checkEmail("a@b")).toBeNull();
    expect(checkEmail("a b@c")).not.toBeNull();
    expect(checkEmail("a")).not.toBeNull();
  });
});

describe("a password", () => {
  const check = (password: string) => checkPassword(password, "alice", "alice.smith@example.com");
  it("is long rather than odd", () => {
    expect(check("ladder cloud nine")).toBeNull();
    expect(check("Xy7$")).not.toBeNull();
    expect(check("aaaaaaaaaaaa")).not.toBeNull();
    expect(check("x1y2".repeat(65))).not.toBeNull();
  });
  it("is not the account's name with a number", () => {
    expect(check("alice.smith1")).not.toBeNull();
    expect(check("xxalicexyz12")).toBeNull();
    expect(check("cloister1234")).not.toBeNull();
  });
});

describe("the set-up token", () => {
  it("is read from the fragment of the printed link", () => {
    expect(setupTokenOf("#token=Abc-123_x")).toBe("Abc-123_x");
    expect(setupTokenOf("")).toBe("");
  });
  it("cannot smuggle a header", () => {
    expect(setupTokenOf("#token=a%0d%0aX-Evil%3a1")).toBe("");
    expect(setupTokenOf(`#token=${"a".repeat(600)}`)).toBe("");
  });
});

describe("search text", () => {
  it("quotes what has spaces and leaves out what is empty", () => {
    expect(searchText({ action: "create", username: "a b", date_from: undefined, x: "" })).toBe(
      'action:create username:"a b"',
    );
  });
  it("cannot gain a condition through a value", () => {
    expect(searchText({ username: 'x" action:login y:"' })).toBe('username:"x action:login y:"');
  });
  it("of the address bar is bounded", () => {
    expect(pageNumber("7")).toBe(7);
    expect(pageNumber(-1)).toBeUndefined();
    expect(pageNumber("x")).toBeUndefined();
    expect(shortText("a".repeat(201))).toBeUndefined();
    expect(shortText(12)).toBe("12");
    expect(shortText({})).toBeUndefined();
  });
});
