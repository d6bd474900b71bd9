import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** Weathered copper, the green of old roofs. */
const verdigris: MantineColorsTuple = [
  "#eef7f5",
  "#dcecea",
  "#b5d8d3",
  "#8bc2bb",
  "#68afa6",
  "#4f9f96",
  "#3a877e",
  "#2b6f67",
  "#245f58",
  "#194842",
];

/** Stone: greys with a little warmth. */
const gray: MantineColorsTuple = [
  "#faf9f7",
  "#f3f2ef",
  "#e8e6e1",
  "#dad7d0",
  "#c5c1b9",
  "#a09b92",
  "#736f67",
  "#55514b",
  "#3b3833",
  "#24221f",
];

const dark: MantineColorsTuple = [
  "#dad8d3",
  "#b9b6b0",
  "#99958e",
  "#5d5a55",
  "#413f3b",
  "#33312e",
  "#292825",
  "#1f1e1c",
  "#191816",
  "#131211",
];

export const theme = createTheme({
  primaryColor: "verdigris",
  primaryShade: 7,
  colors: { verdigris, gray, dark },
  defaultRadius: "sm",
  cursorType: "pointer",
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", "Liberation Sans", "DejaVu Sans", Helvetica, Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.375rem", lineHeight: "1.3" },
      h2: { fontSize: "1rem", lineHeight: "1.4" },
      h3: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  components: {
    Button: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    Tooltip: {
      defaultProps: {
        withArrow: true,
        multiline: true,
        maw: 320,
        events: { hover: true, focus: true, touch: true },
      },
    },
    // Its header is no header of the page.
    Drawer: { defaultProps: { attributes: { header: { role: "presentation" } } } },
    Modal: {
      defaultProps: {
        attributes: { header: { role: "presentation" } },
        centered: true,
        overlayProps: { backgroundOpacity: 0.45 },
      },
    },
  },
});
