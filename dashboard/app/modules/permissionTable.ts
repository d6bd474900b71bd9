import type { Permission } from "@/api/types";

/** What can be done to which kind of thing, as roles of one's own can say it. The server has the last word. */
export const actionsOf: Record<string, string[]> = {
  api_key: ["create", "read", "update", "delete"],
  assign_org_role: ["assign", "unassign", "create", "read", "update", "delete"],
  assign_role: ["assign", "unassign", "create", "read", "update", "delete"],
  audit_log: ["create", "read"],
  audit_sink: ["create", "read", "update", "delete"],
  connection_log: ["read", "update"],
  debug_info: ["read"],
  deployment_config: ["read", "update"],
  deployment_stats: ["read"],
  file: ["create", "read"],
  group: ["create", "read", "update", "delete"],
  group_member: ["read"],
  inbox_notification: ["create", "read", "update"],
  notification_message: ["create", "read", "update", "delete"],
  notification_preference: ["read", "update"],
  notification_template: ["read", "update"],
  organization: ["create", "read", "update", "delete"],
  organization_member: ["create", "read", "update", "delete"],
  provisioner_daemon: ["create", "read", "update", "delete"],
  provisioner_jobs: ["create", "read", "update"],
  template: ["create", "read", "update", "delete", "use", "view_insights"],
  user: ["create", "read", "update", "delete", "read_personal", "update_personal"],
  user_secret: ["create", "read", "update", "delete"],
  workspace: ["create", "read", "update", "delete", "start", "stop", "ssh"].concat([
    "application_connect",
    "create_agent",
    "update_agent",
    "delete_agent",
    "share",
  ]),
  workspace_dormant: ["create", "read", "update", "delete", "start", "stop"],
};

/** Some actions on one kind of thing, all given or all taken away. */
export interface Rule {
  resource: string;
  denied: boolean;
  actions: string[];
}

/** Groups single permissions by thing and by whether they give or take. */
export function rulesOf(permissions: Permission[] | null | undefined): Rule[] {
  const rules: Rule[] = [];
  for (const { resource_type, action, negate } of permissions ?? []) {
    const denied = negate === true;
    const same = rules.find((rule) => rule.resource === resource_type && rule.denied === denied);
    if (same === undefined) rules.push({ resource: resource_type, denied, actions: [action] });
    else if (!same.actions.includes(action)) same.actions.push(action);
  }
  return rules.sort((a, b) => a.resource.localeCompare(b.resource) || Number(a.denied) - Number(b.denied));
}

export function permissionsOf(rules: Rule[]): Permission[] {
  return rules.flatMap(({ resource, denied, actions }) =>
    actions.map((action) => ({ resource_type: resource, action, negate: denied })),
  );
}

/** The actions a rule can choose from: those of its thing, and whatever it names already. */
export function choices(rule: Rule): string[] {
  const known = rule.resource === "*" ? ["*"] : (actionsOf[rule.resource] ?? []);
  return [...new Set([...known, ...rule.actions])];
}

/** A wire name as words: `assign_org_role` is "assign org role". */
export function words(name: string): string {
  return name === "*" ? "everything" : name.replaceAll("_", " ");
}
