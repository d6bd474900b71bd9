/** Copies, also where the page is served without TLS and the clipboard interface is absent. */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not permitted or not focused: the older way may still work.
    }
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.style.position = "fixed";
  area.style.opacity = "0";
  // Inside an open dialog, or its focus trap takes the selection away.
  const parent = document.activeElement?.closest("[role=dialog]") ?? document.body;
  const focused = document.activeElement;
  parent.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
