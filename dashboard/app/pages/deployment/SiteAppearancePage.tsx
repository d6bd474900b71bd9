import { Button, ColorInput, Stack, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { siteAppearanceQuery, updateSiteAppearance } from "@/api/deployment";
import { siteChecks, usePermissions } from "@/api/permissions";
import type { Appearance, Banner } from "@/api/types";
import { notifyDone } from "@/modules/notify";
import { AnnouncementBanner } from "@/ui/Banners";
import { FormSection } from "@/ui/FormSection";
import { refusal } from "@/ui/GuardedButton";
import { Page } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";

const MOST_BANNERS = 5;

export function SiteAppearancePage() {
  const appearance = useQuery(siteAppearanceQuery);
  return (
    <Page title="Appearance" narrow>
      <QueryView query={appearance}>{(data) => <AppearanceForm appearance={data} />}</QueryView>
    </Page>
  );
}

/** What is empty is left out by the API, and must be there for a field. */
function filled({ enabled, message = "", background_color = "" }: Banner): Required<Banner> {
  return { enabled, message, background_color };
}

const fresh: Required<Banner> = { enabled: true, message: "", background_color: "#2b6f67" };

function AppearanceForm({ appearance }: { appearance: Appearance }) {
  const client = useQueryClient();
  const may = usePermissions(siteChecks);
  const form = useForm({
    initialValues: {
      application_name: appearance.application_name,
      banners: appearance.announcement_banners.map(filled),
    },
    validate: {
      banners: {
        message: (value: string) => (value.trim() === "" ? "Enter a text." : null),
        background_color: (value: string) =>
          /^#[0-9a-fA-F]{6}$/.test(value) ? null : "A colour such as #2b6f67.",
      },
    },
  });
  const save = useMutation({
    mutationFn: ({ application_name, banners }: typeof form.values) =>
      updateSiteAppearance({
        application_name,
        logo_url: appearance.logo_url,
        announcement_banners: banners,
      }),
    onSuccess: async () => {
      notifyDone("Saved.");
      await client.invalidateQueries({ queryKey: ["appearance"] });
    },
  });
  const { banners } = form.values;
  return (
    <FormSection
      title="For everybody"
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      error={save.error}
      saving={save.isPending}
      reason={refusal(may?.updateDeployment, "change the appearance")}
    >
      <TextInput
        label="Name of the product"
        description="Beside the mark at the top of each page."
        maxLength={64}
        {...form.getInputProps("application_name")}
      />
      {banners.map((banner, index) => (
        <fieldset key={form.key(`banners.${index}`)}>
          <legend>Banner {index + 1}</legend>
          <Stack gap="sm">
            <AnnouncementBanner banner={banner} />
            <TextInput
              label="Text"
              maxLength={512}
              required
              {...form.getInputProps(`banners.${index}.message`)}
            />
            <ColorInput
              label="Colour"
              withPicker={false}
              withEyeDropper={false}
              {...form.getInputProps(`banners.${index}.background_color`)}
            />
            <Switch label="Shown" {...form.getInputProps(`banners.${index}.enabled`, { type: "checkbox" })} />
            <div>
              <Button
                size="xs"
                variant="default"
                aria-label={`Remove banner ${index + 1}`}
                onClick={() => form.removeListItem("banners", index)}
              >
                Remove
              </Button>
            </div>
          </Stack>
        </fieldset>
      ))}
      {banners.length < MOST_BANNERS && (
        <div>
          <Button size="xs" variant="default" onClick={() => form.insertListItem("banners", fresh)}>
            Add a banner
          </Button>
        </div>
      )}
    </FormSection>
  );
}
