import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { appearanceQuery } from "@/api/account";

/** The choices of colours, as the API names them. */
export const schemes = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "auto", label: "As the system" },
];

/** Other clients may have kept themes that this dashboard does not have: they count by their first word. */
export function schemeOf(preference: string): MantineColorScheme {
  if (preference.startsWith("light")) return "light";
  return preference.startsWith("dark") ? "dark" : "auto";
}

/** What a server takes where no font was chosen yet: to it, none is none of the choices. */
export const USUAL_FONT = "geist-mono";

export const terminalFonts = [
  { value: "geist-mono", label: "Geist Mono" },
  { value: "ibm-plex-mono", label: "IBM Plex Mono" },
  { value: "fira-code", label: "Fira Code" },
  { value: "source-code-pro", label: "Source Code Pro" },
  { value: "jetbrains-mono", label: "JetBrains Mono" },
];

/** The family to draw the terminal in; undefined where none was chosen, and for one that is not on the list. */
export function terminalFont(name: string | undefined): string | undefined {
  return terminalFonts.find(({ value }) => value === name)?.label;
}

/** Takes over the colours that the account keeps; without an answer this browser's own choice stays. */
export function useKeptColours(): void {
  const { setColorScheme } = useMantineColorScheme();
  const preference = useQuery(appearanceQuery).data?.theme_preference;
  useEffect(() => {
    if (preference) setColorScheme(schemeOf(preference));
  }, [preference, setColorScheme]);
}
