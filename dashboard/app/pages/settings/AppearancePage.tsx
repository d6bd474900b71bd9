import { Radio, Select, Stack, useMantineColorScheme } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { appearanceQuery, updateAppearance } from "@/api/account";
import type { UserAppearance } from "@/api/types";
import { schemeOf, schemes, terminalFonts, USUAL_FONT } from "@/modules/appearance";
import { notifyDone } from "@/modules/notify";
import { FormSection } from "@/ui/FormSection";
import { Page } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";

export function AppearancePage() {
  const appearance = useQuery(appearanceQuery);
  return (
    <Page title="Appearance" intro="Kept with the account, for every browser you use." narrow>
      <QueryView query={appearance}>{(data) => <AppearanceForm appearance={data} />}</QueryView>
    </Page>
  );
}

function AppearanceForm({ appearance }: { appearance: UserAppearance }) {
  const client = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  const form = useForm({
    initialValues: {
      theme_preference: appearance.theme_preference || "auto",
      terminal_font: appearance.terminal_font || USUAL_FONT,
    },
  });
  const save = useMutation({
    mutationFn: updateAppearance,
    onSuccess: (saved) => {
      setColorScheme(schemeOf(saved.theme_preference));
      notifyDone("Saved.");
      client.setQueryData(appearanceQuery.queryKey, saved);
    },
  });
  return (
    <FormSection
      title="Appearance"
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      error={save.error}
      saving={save.isPending}
    >
      <Radio.Group label="Colours" {...form.getInputProps("theme_preference")}>
        <Stack gap="xs" mt="xs">
          {schemes.map(({ value, label }) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </Stack>
      </Radio.Group>
      <Select
        label="Font of the terminal"
        description="Where this computer has it; otherwise the one of the system."
        data={terminalFonts}
        allowDeselect={false}
        {...form.getInputProps("terminal_font")}
      />
    </FormSection>
  );
}
