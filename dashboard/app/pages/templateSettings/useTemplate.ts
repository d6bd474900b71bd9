import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { templateChecks, usePermissions } from "@/api/permissions";
import { templateQuery, updateTemplate } from "@/api/templates";
import type { UpdateTemplateMeta } from "@/api/types";
import { notifyDone } from "@/modules/notify";
import { refusal } from "@/ui/GuardedButton";

const route = getRouteApi("/signed-in/shell/templates/$organization/$template/settings");

/** The template of the pages below its frame, which has fetched it, and what may be done to it. */
export function useTemplate() {
  const { organization, template: name } = route.useParams();
  const template = useSuspenseQuery(templateQuery(organization, name)).data;
  const may = usePermissions(templateChecks(template));
  return { template, may, reason: refusal(may?.update, "change this template") };
}

/** Saves some of the template's settings; the page follows a new name. */
export function useSaveTemplate() {
  const { template } = useTemplate();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: UpdateTemplateMeta) => updateTemplate(template.id, body),
    onSuccess: async (_answer, { name = template.name }) => {
      notifyDone("Saved.");
      if (name !== template.name) {
        await navigate({
          to: "/templates/$organization/$template/settings/general",
          params: { organization: template.organization_name, template: name },
          replace: true,
        });
      }
      await Promise.all([
        client.invalidateQueries({ queryKey: ["template"] }),
        client.invalidateQueries({ queryKey: ["templates"] }),
      ]);
    },
  });
}
