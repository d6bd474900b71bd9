export * from "./fixtures/organizations";
export * from "./fixtures/people";
export * from "./fixtures/records";
export * from "./fixtures/templates";
export * from "./fixtures/workspaces";
