import { useEffect } from "react";

/** The title of the tab: the page, then the product. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Cloister`;
  }, [title]);
}
