/**
 * The part of the API's schemas that the dashboard reads or sends, named as in the API document.
 * Times are RFC 3339 strings; `0001-01-01T00:00:00Z` stands for "never" where a field is not nullable.
 */

export type * from "./types/account";
export type * from "./types/agent";
export type * from "./types/deployment";
export type * from "./types/identity";
export type * from "./types/notification";
export type * from "./types/organization";
export type * from "./types/record";
export type * from "./types/sink";
export type * from "./types/template";
export type * from "./types/workspace";
