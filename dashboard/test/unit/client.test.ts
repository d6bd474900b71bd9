import { describe, expect, it } from "vitest";
import { backoff } from "@/api/backoff";
import { api, withQuery } from "@/api/client";
import { describeError, errorOf } from "@/api/errors";

describe("paths of the API", () => {
  it("encode what is inserted into them", () => {
    expect(api`/users/${"a/b?c#d"}/workspace/${"dev"}`).toBe("/api/v2/users/a%2Fb%3Fc%23d/workspace/dev");
  });

  it("refuse a segment that climbs", () => {
    expect(() => api`/users/${".."}/workspace/${"x"}`).toThrow();
    expect(() => api`/users/${"."}`).toThrow();
    expect(() => api`/users/${""}`).toThrow();
  });

  it("carry only parameters that have a value", () => {
    expect(withQuery("/x", { q: "a b&c", limit: 25, offset: 0, none: undefined, empty: "" })).toBe(
      "/x?q=a+b%26c&limit=25&offset=0",
    );
  });
});

describe("a refusal", () => {
  const error = errorOf(
    400,
    {
      message: "Validation failed.",
      validations: [
        { field: "name", detail: "Taken." },
        { field: "region", detail: "Unknown." },
      ],
    },
    "r-1",
  );

  it("is divided among the fields of a form", () => {
    expect(error.byField(["name"])).toEqual({ fields: { name: "Taken." }, rest: ["region: Unknown."] });
  });

  it("is described with all that the server said", () => {
    expect(describeError(error)).toEqual({
      message: "Validation failed.",
      detail: "name: Taken.; region: Unknown.",
      requestId: "r-1",
    });
  });

  it("has words of ours where the answer is not the server's", () => {
    expect(errorOf(502, undefined).message).toBe("The server is not available at the moment.");
    expect(errorOf(418, { html: "<h1>" }).message).toBe("The server answered with status 418.");
  });
});

describe("the wait before another attempt", () => {
  it("doubles up to half a minute", () => {
    const longest = [0, 1, 2, 3, 10, 1000].map((attempt) => backoff(attempt, () => 1));
    expect(longest).toEqual([500, 1000, 2000, 4000, 30_000, 30_000]);
  });

  it("is never less than half of that", () => {
    expect(backoff(0, () => 0)).toBe(250);
    expect(backoff(50, () => 0)).toBe(15_000);
  });
});
