import { queryOptions } from "@tanstack/react-query";
import { api, request, withQuery } from "./client";
import type {
  AccessRole,
  AclAvailable,
  Template,
  TemplateAcl,
  TemplateVersion,
  TemplateVersionParameter,
  TemplateVersionVariable,
  UpdateTemplateMeta,
} from "./types";

export const templatesQuery = queryOptions({
  queryKey: ["templates"],
  queryFn: ({ signal }) => request<Template[]>("GET", api`/templates`, { signal }),
});

export const templateQuery = (organization: string, name: string) =>
  queryOptions({
    queryKey: ["template", organization, name],
    queryFn: ({ signal }) =>
      request<Template>("GET", api`/organizations/${organization}/templates/${name}`, { signal }),
  });

export const templateVersionsQuery = (
  templateId: string,
  archivedToo: boolean,
  limit: number,
  offset: number,
) =>
  queryOptions({
    queryKey: ["template-versions", templateId, archivedToo, limit, offset],
    queryFn: ({ signal }) =>
      request<TemplateVersion[]>(
        "GET",
        withQuery(api`/templates/${templateId}/versions`, {
          limit,
          offset,
          include_archived: archivedToo ? "true" : undefined,
        }),
        { signal },
      ),
  });

export const templateVersionQuery = (versionId: string) =>
  queryOptions({
    queryKey: ["template-version", versionId],
    queryFn: ({ signal }) => request<TemplateVersion>("GET", api`/templateversions/${versionId}`, { signal }),
  });

export const parametersQuery = (versionId: string) =>
  queryOptions({
    queryKey: ["template-version-parameters", versionId],
    queryFn: ({ signal }) =>
      request<TemplateVersionParameter[]>("GET", api`/templateversions/${versionId}/rich-parameters`, {
        signal,
      }),
  });

export const updateTemplate = (id: string, body: UpdateTemplateMeta) =>
  request<Template>("PATCH", api`/templates/${id}`, { body });

export const deleteTemplate = (id: string) => request<unknown>("DELETE", api`/templates/${id}`);

export const promoteVersion = (templateId: string, versionId: string) =>
  request<unknown>("PATCH", api`/templates/${templateId}/versions`, { body: { id: versionId } });

export const archiveVersion = (versionId: string, archived: boolean) =>
  archived
    ? request<unknown>("POST", api`/templateversions/${versionId}/archive`)
    : request<unknown>("POST", api`/templateversions/${versionId}/unarchive`);

/** Archives every version that no workspace and no template uses. */
export const archiveUnused = (templateId: string) =>
  request<unknown>("POST", api`/templates/${templateId}/versions/archive`, { body: { all: true } });

export const variablesQuery = (versionId: string) =>
  queryOptions({
    queryKey: ["template-variables", versionId],
    queryFn: ({ signal }) =>
      request<TemplateVersionVariable[]>("GET", api`/templateversions/${versionId}/variables`, { signal }),
  });

export const templateAclQuery = (templateId: string) =>
  queryOptions({
    queryKey: ["template-acl", templateId],
    queryFn: ({ signal }) => request<TemplateAcl>("GET", api`/templates/${templateId}/acl`, { signal }),
  });

export const aclAvailableQuery = (templateId: string, q: string) =>
  queryOptions({
    queryKey: ["template-acl-available", templateId, q],
    queryFn: async ({ signal }): Promise<AclAvailable> => {
      const path = withQuery(api`/templates/${templateId}/acl/available`, { q, limit: 25 });
      // The document says a list; the answer is one object.
      const answer = await request<AclAvailable | AclAvailable[]>("GET", path, { signal });
      return (Array.isArray(answer) ? answer[0] : answer) ?? { users: [], groups: [] };
    },
  });

/** Each id with its role; the empty role takes it away. */
export interface AclChange {
  users?: Record<string, AccessRole>;
  groups?: Record<string, AccessRole>;
}

export const updateTemplateAcl = (templateId: string, change: AclChange) =>
  request<unknown>("PATCH", api`/templates/${templateId}/acl`, {
    body: { user_perms: change.users ?? {}, group_perms: change.groups ?? {} },
  });
