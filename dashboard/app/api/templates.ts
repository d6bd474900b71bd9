import { queryOptions } from "@tanstack/react-query";
import { api, request } from "./client";
import type { Template, TemplateVersion, TemplateVersionParameter } from "./types";

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

export const templateVersionsQuery = (templateId: string) =>
  queryOptions({
    queryKey: ["template-versions", templateId],
    queryFn: ({ signal }) =>
      request<TemplateVersion[]>("GET", `${api`/templates/${templateId}/versions`}?limit=50`, { signal }),
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
