import { Button, Chip, Group, Select, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { actionsOf, choices, type Rule, words } from "@/modules/permissionTable";
import { Section } from "@/ui/Page";
import classes from "./RuleList.module.css";

interface RuleListProps {
  title: string;
  rules: Rule[];
  error: ReactNode;
  /** Only to be read. */
  fixed: boolean;
  onChange: (rules: Rule[]) => void;
}

/** What a role gives and takes, one line for each kind of thing. */
export function RuleList({ title, rules, error, fixed, onChange }: RuleListProps) {
  const replace = (index: number, rule: Rule) =>
    onChange(rules.map((each, at) => (at === index ? rule : each)));
  return (
    <Section title={title}>
      <Stack gap="sm">
        {rules.length === 0 && (
          <Text size="sm" c="dimmed">
            None.
          </Text>
        )}
        {rules.map((rule, index) => (
          <RuleLine
            key={`${rule.resource} ${rule.denied}`}
            rule={rule}
            fixed={fixed}
            onChange={(next) => replace(index, next)}
            onRemove={() => onChange(rules.filter((_, at) => at !== index))}
          />
        ))}
        {error && (
          <Text size="sm" c="var(--cl-bad)" role="alert">
            {error}
          </Text>
        )}
        {!fixed && <AddRule rules={rules} onAdd={(rule) => onChange([...rules, rule])} label={title} />}
      </Stack>
    </Section>
  );
}

interface RuleLineProps {
  rule: Rule;
  fixed: boolean;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
}

function RuleLine({ rule, fixed, onChange, onRemove }: RuleLineProps) {
  const name = `${rule.denied ? "Denied" : "Allowed"}: ${words(rule.resource)}`;
  return (
    <fieldset className={rule.denied ? `${classes.rule} ${classes.denied}` : classes.rule}>
      <legend className={classes.legend}>{name}</legend>
      <Group gap={6}>
        <Chip.Group multiple value={rule.actions} onChange={(actions) => onChange({ ...rule, actions })}>
          {choices(rule).map((action) => (
            <Chip key={action} value={action} size="xs" disabled={fixed}>
              {words(action)}
            </Chip>
          ))}
        </Chip.Group>
        {!fixed && (
          <Button
            size="compact-xs"
            variant="subtle"
            ml="auto"
            onClick={onRemove}
            aria-label={`Remove ${name}`}
          >
            Remove
          </Button>
        )}
      </Group>
    </fieldset>
  );
}

function AddRule({ rules, label, onAdd }: { rules: Rule[]; label: string; onAdd: (rule: Rule) => void }) {
  const [denied, setDenied] = useState("allow");
  const taken = rules.filter((rule) => rule.denied === (denied === "deny")).map((rule) => rule.resource);
  const free = Object.keys(actionsOf).filter((resource) => !taken.includes(resource));
  return (
    <Group gap="xs" align="flex-end">
      <Select
        size="xs"
        w="8rem"
        label="Effect"
        aria-label={`Effect of a new line in ${label}`}
        data={[
          { value: "allow", label: "Allow" },
          { value: "deny", label: "Deny" },
        ]}
        value={denied}
        allowDeselect={false}
        onChange={(value) => setDenied(value ?? "allow")}
      />
      <Select
        size="xs"
        w="14rem"
        label="Add a kind of thing"
        aria-label={`Add a kind of thing to ${label}`}
        placeholder="Choose"
        searchable
        data={free.map((resource) => ({ value: resource, label: words(resource) }))}
        value={null}
        onChange={(resource) => {
          if (resource !== null) onAdd({ resource, denied: denied === "deny", actions: [] });
        }}
      />
    </Group>
  );
}
