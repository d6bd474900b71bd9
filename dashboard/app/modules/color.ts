const FALLBACK = "#2b6f67";

/** A colour from a setting, or ours where it is none: nothing else may get into a style. */
export function safeColor(text: string | undefined): string {
  return text !== undefined && /^#[0-9a-fA-F]{6}$/.test(text) ? text : FALLBACK;
}

/** Black or white, whichever is read more easily on the colour `#rrggbb`. */
export function readableOn(color: string): "#000000" | "#ffffff" {
  const channel = (at: number) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return luminance > 0.179 ? "#000000" : "#ffffff";
}
