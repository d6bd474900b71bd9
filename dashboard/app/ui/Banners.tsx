import { useQuery } from "@tanstack/react-query";
import { frameAppearanceQuery } from "@/api/deployment";
import type { Banner } from "@/api/types";
import { readableOn, safeColor } from "@/modules/color";
import classes from "./Banners.module.css";

/** What administrators want everybody to read, above every page. */
export function Banners() {
  const { data } = useQuery(frameAppearanceQuery);
  const shown = (data?.announcement_banners ?? []).filter(({ enabled, message }) => enabled && message);
  // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else to be told apart by
  return shown.map((banner, index) => <AnnouncementBanner key={index} banner={banner} />);
}

export function AnnouncementBanner({ banner }: { banner: Banner }) {
  const background = safeColor(banner.background_color);
  return (
    <div className={classes.banner} role="note" style={{ background, color: readableOn(background) }}>
      {banner.message || "…"}
    </div>
  );
}
