import { queryOptions } from "@tanstack/react-query";
import { api, request } from "./client";
import { isNotOffered } from "./errors";
import type { Appearance, AppearanceRequest, DeploymentConfig, HealthReport, HealthSettings } from "./types";

export const siteAppearanceQuery = queryOptions({
  queryKey: ["appearance"],
  queryFn: ({ signal }) => request<Appearance>("GET", api`/appearance`, { signal }),
  staleTime: 60_000,
});

/** For the frame of every page, which does without where the server has none. */
export const frameAppearanceQuery = queryOptions({
  queryKey: ["appearance", "frame"],
  queryFn: async ({ signal }) => {
    try {
      return await request<Appearance>("GET", api`/appearance`, { signal });
    } catch (error) {
      if (isNotOffered(error)) return null;
      throw error;
    }
  },
  staleTime: 300_000,
});

export const updateSiteAppearance = (body: AppearanceRequest) =>
  request<AppearanceRequest>("PUT", api`/appearance`, { body });

export const deploymentConfigQuery = queryOptions({
  queryKey: ["deployment-config"],
  queryFn: ({ signal }) => request<DeploymentConfig>("GET", api`/deployment/config`, { signal }),
  staleTime: 60_000,
});

export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: ({ signal }) => request<HealthReport>("GET", api`/debug/health`, { signal }),
});

/** Looks anew, instead of telling what was found lately. */
export const checkHealth = () => request<HealthReport>("GET", `${api`/debug/health`}?force=true`);

export const healthSettingsQuery = queryOptions({
  queryKey: ["health-settings"],
  queryFn: ({ signal }) => request<HealthSettings>("GET", api`/debug/health/settings`, { signal }),
});

export const updateHealthSettings = (body: HealthSettings) =>
  request<unknown>("PUT", api`/debug/health/settings`, { body });
