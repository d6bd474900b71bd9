import { Button, Group, Text } from "@mantine/core";

interface PagerProps {
  page: number;
  size: number;
  count: number;
  onPage: (page: number) => void;
}

/** Which part of a list is shown, and the way to its neighbours. */
export function Pager({ page, size, count, onPage }: PagerProps) {
  const first = (page - 1) * size + 1;
  const last = Math.min(count, page * size);
  if (count === 0) return null;
  return (
    <Group justify="space-between" mt="sm" component="nav" aria-label="Pages">
      <Text size="sm" c="dimmed" aria-live="polite">
        {first > count ? "Beyond the end" : `${first}–${last}`} of {count}
      </Text>
      {count > size && (
        <Group gap="xs">
          <Button variant="default" size="xs" disabled={page <= 1} onClick={() => onPage(page - 1)}>
            Previous
          </Button>
          <Button variant="default" size="xs" disabled={last >= count} onClick={() => onPage(page + 1)}>
            Next
          </Button>
        </Group>
      )}
    </Group>
  );
}
