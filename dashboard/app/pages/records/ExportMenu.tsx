import { Button, Menu } from "@mantine/core";
import { withQuery } from "@/api/client";

const formats = [
  { format: "csv", label: "CSV, for a spreadsheet" },
  { format: "json", label: "JSON" },
  { format: "ndjson", label: "NDJSON, a line for each record" },
];

/** Downloads what the filters show, all pages of it. */
export function ExportMenu({ log, q }: { log: "audit" | "connectionlog"; q: string }) {
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default">Export</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map(({ format, label }) => (
          <Menu.Item
            key={format}
            component="a"
            href={withQuery(`/api/v2/${log}/export`, { format, q })}
            download
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
